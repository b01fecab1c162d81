package jangteo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.local.supervisor.PartStatus;
import jangteo.local.supervisor.PartStatus.State;
import jangteo.testkit.Rest.Answer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part is killed and started again: the rest of the shop finds it again by itself. */
@Order(4)
class RecoveryTest {
  private static final Duration RECOVERED = Duration.ofSeconds(90);

  private static Person seller;
  private static Person buyer;

  @BeforeAll
  static void people() {
    seller = Person.seller("박상인", "한라 과일");
    buyer = Person.signedUp("김구매");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis", "kafka", "mariadb", "mongodb", "payment", "order"})
  void afterAKilledPartIsStartedAgainAnOrderIsConfirmed(String part) {
    String product = seller.lists(3_000, 1_000);
    RunningShop.get().kill(part);
    RunningShop.get().start(part);

    await()
        .atMost(RECOVERED)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> isConfirmed(buyer.places(product, 1)));
    // Orders are taken without MongoDB: others may be at it still.
    await()
        .atMost(RECOVERED)
        .untilAsserted(
            () ->
                assertThat(RunningShop.get().status())
                    .extracting(PartStatus::state)
                    .doesNotContain(State.CRASHED, State.NOT_READY));
  }

  /** Until the shop has recovered it may refuse the order, or end it at its deadline. */
  private static boolean isConfirmed(Answer placed) {
    return placed.status() == 202
        && buyer
            .awaitDecided(placed.body().get("orderId").asText())
            .get("status")
            .asText()
            .equals("CONFIRMED");
  }
}
