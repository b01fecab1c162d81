package jangteo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The code that ships, in enough histories for a developer's patience; CI plays a million. */
class SimulationTest {
  private static final long RUNS = 20_000;

  @Test
  void allInvariantsHoldAndNothingIsLeftOut() {
    Simulation.Result result = Simulation.play(1, RUNS, 2, new Rules());

    assertThat(result.broken()).isEmpty();
    assertThat(result.tally().histories()).isEqualTo((int) RUNS);
    assertThat(result.tally().different()).isGreaterThan(RUNS * 9 / 10);
    assertThat(result.tally().faults()).isGreaterThan(RUNS);
    assertThat(result.tally().endings().keySet())
        .containsExactly(
            "CANCELLED BY_BUYER",
            "CANCELLED CAPTURE_FAILED",
            "CANCELLED PAYMENT_TIMEOUT",
            "CANCELLED STOCK_TIMEOUT",
            "CANCELLED TIMEOUT",
            "CONFIRMED",
            "DELIVERED",
            "REJECTED INSUFFICIENT_FUNDS",
            "REJECTED NOT_ON_SALE",
            "REJECTED OUT_OF_STOCK",
            "REJECTED PAYMENT_DECLINED",
            "REJECTED PRICE_CHANGED",
            "RETURNED",
            "SHIPPED");
  }

  @Test
  void aSeedIsAHistory() {
    History once = History.of(42, true, new Rules());
    History again = History.of(42, true, new Rules());

    assertThat(again).isEqualTo(once);
    assertThat(once.lines()).isNotEmpty();
    assertThat(History.of(42, false, new Rules()).fingerprint()).isEqualTo(once.fingerprint());
    assertThat(History.of(43, false, new Rules()).fingerprint()).isNotEqualTo(once.fingerprint());
  }
}
