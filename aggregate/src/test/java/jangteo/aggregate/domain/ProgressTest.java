package jangteo.aggregate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When the read model may be said to include everything up to a time. */
final class ProgressTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Source ONE = new Source("products", 0);
  private static final Source OTHER = new Source("products", 1);

  private final Progress progress = new Progress();

  @Test
  void nothingIsBelievedBeforeTheEndIsKnown() {
    progress.reached(Map.of(ONE, 10L));
    progress.asking(START);

    assertThat(asOf(ONE)).isEmpty();
    assertThat(progress.lags(START.plusSeconds(3)).get("products"))
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void whatIsAppliedUpToTheEndIsAsOfTheQuestion() {
    progress.reached(Map.of(ONE, 10L));
    progress.asking(START);
    progress.answered(Map.of(ONE, 10L));

    assertThat(asOf(ONE)).contains(START);
    assertThat(progress.lags(START.plusSeconds(60)).get("products")).isZero();
  }

  @Test
  void theTimeGoesOnOnlyWhenThatEndIsReachedHoweverOftenItIsAsked() {
    progress.reached(Map.of(ONE, 5L));
    progress.asking(START);
    progress.answered(Map.of(ONE, 10L));
    progress.asking(START.plusSeconds(1));
    progress.answered(Map.of(ONE, 20L));
    assertThat(asOf(ONE)).isEmpty();
    assertThat(progress.lags(START.plusSeconds(2)).get("products"))
        .isEqualTo(Duration.ofSeconds(2));

    progress.reached(Map.of(ONE, 12L));
    assertThat(asOf(ONE)).contains(START);

    progress.asking(START.plusSeconds(3));
    progress.answered(Map.of(ONE, 20L));
    assertThat(asOf(ONE)).contains(START);
    progress.reached(Map.of(ONE, 20L));
    assertThat(asOf(ONE)).contains(START.plusSeconds(3));
  }

  @Test
  void theTopicLagsAsMuchAsItsSlowestPartition() {
    progress.reached(Map.of(ONE, 5L, OTHER, 5L));
    progress.asking(START);
    progress.answered(Map.of(ONE, 5L, OTHER, 6L));

    assertThat(progress.lags(START.plusSeconds(2)).get("products"))
        .isEqualTo(Duration.ofSeconds(2));
    progress.reached(Map.of(ONE, 5L));
    assertThat(progress.lags(START.plusSeconds(2)).get("products")).isZero();
  }

  @Test
  void aSourceThatWasAnotherInstancesMeanwhileIsNotBelieved() {
    progress.reached(Map.of(ONE, 5L));
    progress.asking(START);
    progress.answered(Map.of(ONE, 5L));
    progress.reached(Map.of());
    progress.reached(Map.of(ONE, 7L));

    assertThat(asOf(ONE)).isEmpty();
  }

  private Optional<Instant> asOf(Source source) {
    return progress.sources().get(source).asOf();
  }
}
