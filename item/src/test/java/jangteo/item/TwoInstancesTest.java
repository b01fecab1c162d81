package jangteo.item;

import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_ACCEPTED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_COMMITTED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_RELEASED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.item.domain.Stock;
import jangteo.item.v1.ListingChanged;
import jangteo.item.v1.StockOutcome;
import jangteo.item.v1.StockReply;
import jangteo.order.v1.OrderEvent;
import jangteo.testkit.ServiceProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances share the work; one of them is killed in the middle of it. */
class TwoInstancesTest {

  private static final int ORDERS = 600;
  private static final Duration LONG = Duration.ofSeconds(90);
  private static RunningItem item;
  private static Topics topics;

  @BeforeAll
  static void start() {
    item = RunningItem.start();
    topics = item.topics();
  }

  @AfterAll
  static void stop() {
    topics.close();
    item.close();
  }

  @Test
  void nothingIsLostOrDoneTwiceWhenOneIsKilled() {
    long a = item.listing(item.product("노트"), AnOrder.PRICE, ORDERS);
    List<AnOrder> orders =
        Stream.generate(() -> AnOrder.of(a, 1).due(Instant.now().plusSeconds(600)))
            .limit(ORDERS)
            .toList();
    try (ServiceProcess other = item.process()) {
      await().atMost(LONG).until(other::ready);
      await().atMost(LONG).until(() -> topics.readers("item") == 2);
      topics.tell(orders.stream().map(AnOrder::placed).toArray(OrderEvent[]::new));
      topics.replies(reply -> true, ORDERS / 10);
      other.kill();
      expect(orders, STOCK_OUTCOME_ACCEPTED);
    }
    assertThat(item.stock(a)).isEqualTo(new Stock(ORDERS, ORDERS, 0, ORDERS, 0, 0));

    List<AnOrder> sold = orders.subList(0, ORDERS / 2);
    List<AnOrder> cancelled = orders.subList(ORDERS / 2, ORDERS);
    try (ServiceProcess other = item.process()) {
      await().atMost(LONG).until(other::ready);
      await().atMost(LONG).until(() -> topics.readers("item") == 2);
      topics.tell(sold.stream().map(AnOrder::confirmed).toArray(OrderEvent[]::new));
      topics.tell(cancelled.stream().map(AnOrder::cancelled).toArray(OrderEvent[]::new));
      topics.replies(reply -> reply.getOutcome() == STOCK_OUTCOME_COMMITTED, ORDERS / 20);
      other.kill();
      expect(sold, STOCK_OUTCOME_COMMITTED);
      expect(cancelled, STOCK_OUTCOME_RELEASED);
    }
    long half = ORDERS / 2;
    assertThat(item.stock(a)).isEqualTo(new Stock(half, 0, half, ORDERS, 0, 0));
    // What the killed one had not sent of the listing's stock is sent by the other.
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(
                        topics
                            .await(
                                "listings",
                                ListingChanged.parser(),
                                changed -> changed.getListingId() == a,
                                1)
                            .getLast()
                            .getAvailable())
                    .isEqualTo(half));
  }

  private static void expect(List<AnOrder> orders, StockOutcome outcome) {
    Set<String> ids =
        orders.stream().map(order -> order.id().toString()).collect(Collectors.toSet());
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(
                        topics
                            .replies(
                                reply ->
                                    ids.contains(reply.getOrderId())
                                        && reply.getOutcome() == outcome,
                                ids.size())
                            .stream()
                            .map(StockReply::getOrderId)
                            .collect(Collectors.toSet()))
                    .isEqualTo(ids));
  }
}
