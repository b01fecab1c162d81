package jangteo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.local.supervisor.PartStatus.State;
import jangteo.testkit.Rest.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A participant that is dead, dies, or comes back late: the order ends at its deadline all the
 * same, the stock is there again, and nothing is charged (design, section 7).
 */
@Order(5)
class EveryOrderEndsTest {
  private static final int STOCK = 10;
  private static final Duration SETTLED = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(250);

  private static Person seller;
  private static Person buyer;

  @BeforeAll
  static void people() {
    seller = Person.seller("박상인", "한라 과일");
    buyer = Person.signedUp("김구매");
  }

  @AfterEach
  void everybodyIsBack() {
    RunningShop.get().status().stream()
        .filter(part -> part.state() == State.DOWN)
        .forEach(part -> start(part.name()));
    confirmsAgain();
  }

  @Test
  void paymentIsDeadFromTheStart() {
    String product = seller.lists(3_000, STOCK);
    kill("payment");

    JsonNode order = decided(buyer.orders(product, 2));

    assertCancelledInTime(order, "PAYMENT_TIMEOUT");
    start("payment");
    assertNothingHappened(order, product);
  }

  @Test
  void paymentDiesAfterTheStockWasAcceptedAndReturnsLater() {
    String product = seller.lists(3_000, STOCK);
    // The card takes eight seconds: the stock is accepted long before.
    String id = buyer.orders(product, 2, Person.card("tok_slow_8s"));
    await().atMost(Duration.ofSeconds(4)).pollInterval(LOOK).until(() -> available(product) == 8);
    kill("payment");

    JsonNode order = decided(id);

    assertCancelledInTime(order, "PAYMENT_TIMEOUT");
    start("payment");
    assertNothingHappened(order, product);
  }

  @Test
  void itemIsDead() {
    String product = seller.lists(3_000, STOCK);
    kill("item");

    JsonNode order = decided(buyer.orders(product, 2));

    assertCancelledInTime(order, "STOCK_TIMEOUT");
    start("item");
    assertNothingHappened(order, product);
  }

  /** And with both of them silent there is no other traffic at all that could move the time on. */
  @Test
  void itemAndPaymentAreDeadAndThereIsNoOtherTraffic() {
    String product = seller.lists(3_000, STOCK);
    kill("item");
    kill("payment");

    JsonNode order = decided(buyer.orders(product, 2));

    assertCancelledInTime(order, "TIMEOUT");
    Stream.of("item", "payment").parallel().forEach(EveryOrderEndsTest::start);
    assertNothingHappened(order, product);
  }

  @Test
  void orderStandsStillForLongerThanTheDeadlineAndHealthyOrdersAreNotCancelledForIt() {
    String product = seller.lists(3_000, STOCK);
    String before = buyer.orders(product, 1);
    RunningShop.get().pause("order");
    await().pollDelay(Duration.ofSeconds(6)).until(() -> true); // one second past the deadline
    RunningShop.get().resume("order");

    String after = ordersUntilTaken(product);

    assertThat(decided(after).get("status").asText()).isEqualTo("CONFIRMED");
    assertThat(decided(before).get("status").asText()).isIn("CONFIRMED", "CANCELLED");
  }

  /** As a client does that is told to come back: with the same key. */
  private static String ordersUntilTaken(String product) {
    String key = UUID.randomUUID().toString();
    return await()
        .atMost(SETTLED)
        .pollInterval(LOOK)
        .until(
            () ->
                buyer
                    .rest()
                    .post("/api/v1/orders", Person.order(product, 1), "Idempotency-Key", key),
            answer -> answer.status() == 202)
        .body()
        .get("orderId")
        .asText();
  }

  private static void kill(String part) {
    RunningShop.get().kill(part);
  }

  private static void start(String part) {
    RunningShop.get().start(part);
  }

  private static JsonNode decided(String order) {
    return buyer.awaitDecided(order);
  }

  private static void assertCancelledInTime(JsonNode order, String reason) {
    assertThat(order.get("status").asText()).as("%s", order).isEqualTo("CANCELLED");
    assertThat(order.get("reason").asText()).isEqualTo(reason);
    Instant deadline = Instant.parse(order.get("deadline").asText());
    assertThat(Instant.parse(order.get("endedAt").asText()))
        .isBetween(deadline, deadline.plusMillis(500));
  }

  /** All the stock can be bought again, nothing is charged or held, and so it stays. */
  private static void assertNothingHappened(JsonNode order, String product) {
    String id = order.get("orderId").asText();
    await()
        .atMost(SETTLED)
        .pollInterval(LOOK)
        .during(Duration.ofSeconds(3))
        .until(
            () ->
                available(product) == STOCK
                    && buyer.payments(id).findValuesAsText("status").stream()
                        .noneMatch(List.of("AUTHORIZED", "CAPTURED")::contains));
    assertThat(decided(id).get("reason")).isEqualTo(order.get("reason"));
  }

  private static int available(String product) {
    return buyer
        .rest()
        .get("/api/v1/products/" + product)
        .body()
        .at("/listings/0/quantity")
        .asInt();
  }

  private static void confirmsAgain() {
    String product = seller.lists(1_000, 1_000);
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              Answer placed = buyer.places(product, 1);
              return placed.status() == 202
                  && decided(placed.body().get("orderId").asText())
                      .get("status")
                      .asText()
                      .equals("CONFIRMED");
            });
  }
}
