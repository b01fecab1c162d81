package jangteo.item;

import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_ACCEPTED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_EXPIRED;
import static org.assertj.core.api.Assertions.assertThat;

import jangteo.item.domain.Stock;
import jangteo.item.v1.StockReply;
import jangteo.order.v1.OrderEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Item comes back after the deadlines of what was placed meanwhile (design, section 7). */
class BacklogTest {

  private static final Logger LOG = LoggerFactory.getLogger(BacklogTest.class);
  private static final int ORDERS = 5_000;

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
  void fiveThousandLateOrdersAreExpiredUntouchedAndOneInTimeIsServed() {
    long a = item.listing(item.product("우산"), AnOrder.PRICE, 10_000);
    Instant past = Instant.now().minusSeconds(3);
    List<AnOrder> late = Stream.generate(() -> AnOrder.of(a, 1).due(past)).limit(ORDERS).toList();
    Set<String> ids = late.stream().map(order -> order.id().toString()).collect(Collectors.toSet());
    AnOrder inTime = AnOrder.of(a, 1).due(Instant.now().plusSeconds(300));

    item.away(
        () -> {
          topics.tell(late.stream().map(AnOrder::placed).toArray(OrderEvent[]::new));
          topics.tell(inTime.placed());
        });
    long begun = System.nanoTime();

    assertThat(topics.replies(reply -> ids.contains(reply.getOrderId()), ORDERS))
        .hasSize(ORDERS)
        .extracting(StockReply::getOutcome)
        .containsOnly(STOCK_OUTCOME_EXPIRED);
    LOG.info(
        "{} late orders were answered {} ms after item was ready",
        ORDERS,
        Duration.ofNanos(System.nanoTime() - begun).toMillis());
    assertThat(topics.replies(inTime.id(), 1).getFirst().getOutcome())
        .isEqualTo(STOCK_OUTCOME_ACCEPTED);
    assertThat(item.stock(a)).isEqualTo(new Stock(10_000, 1, 0, 10_000, 0, 0));
  }
}
