package jangteo.item;

import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_ACCEPTED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_COMMITTED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_EXPIRED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_REJECTED;
import static jangteo.item.v1.StockOutcome.STOCK_OUTCOME_RELEASED;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import jangteo.item.domain.Stock;
import jangteo.item.v1.ListingChanged;
import jangteo.item.v1.StockOutcome;
import jangteo.item.v1.StockReply;
import jangteo.order.v1.OrderEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stock's side of an order, over Kafka (DESIGN.md sections 6 and 7). */
class OrderStepsTest {

  private static RunningItem item;
  private static Topics topics;

  @BeforeAll
  static void start() {
    item = RunningItem.start("stock.remind-after", "PT1S");
    topics = item.topics();
  }

  @AfterAll
  static void stop() {
    topics.close();
    item.close();
  }

  private static long listing(long quantity) {
    return item.listing(item.product("무선 이어폰"), AnOrder.PRICE, quantity);
  }

  private static StockReply reply(AnOrder order, int nth) {
    return topics.replies(order.id(), nth).get(nth - 1);
  }

  @Test
  void anOrderIsReservedThenSoldThenTakenBack() {
    long a = listing(10);
    long b = listing(3);
    var order = AnOrder.of(a, 4).and(b, 3);

    topics.tell(order.placed());
    assertThat(reply(order, 1).getOutcome()).isEqualTo(STOCK_OUTCOME_ACCEPTED);
    assertThat(item.stock(a)).isEqualTo(new Stock(10, 4, 0, 10, 0, 0));
    assertThat(item.stock(b)).isEqualTo(new Stock(3, 3, 0, 3, 0, 0));

    topics.tell(order.confirmed());
    assertThat(reply(order, 2).getOutcome()).isEqualTo(STOCK_OUTCOME_COMMITTED);
    assertThat(item.stock(a)).isEqualTo(new Stock(6, 0, 4, 10, 0, 0));

    topics.tell(order.shipped(), order.returned());
    assertThat(reply(order, 3).getOutcome()).isEqualTo(STOCK_OUTCOME_RELEASED);
    assertThat(item.stock(a)).isEqualTo(new Stock(10, 0, 4, 10, 0, 4));
    assertThat(item.stock(b)).isEqualTo(new Stock(3, 0, 3, 3, 0, 3));
  }

  @Test
  void aCancelledOrderGivesItsReservationBack() {
    long a = listing(10);
    var order = AnOrder.of(a, 4);

    topics.tell(order.placed(), order.cancelled());

    assertThat(reply(order, 2).getOutcome()).isEqualTo(STOCK_OUTCOME_RELEASED);
    assertThat(item.stock(a)).isEqualTo(Stock.of(10));
  }

  @Test
  void theReasonOfARejectionNamesTheListing() {
    long scarce = listing(2);
    var tooMany = AnOrder.of(scarce, 3);
    var otherPrice = AnOrder.at(scarce, 1, AnOrder.PRICE - 100);
    long paused = item.listing(RunningItem.SELLER, item.product("책"), AnOrder.PRICE, 5, "PAUSED");
    var notOnSale = AnOrder.of(scarce, 1).and(paused, 1);

    topics.tell(tooMany.placed(), otherPrice.placed(), notOnSale.placed());

    assertRejected(reply(tooMany, 1), "OUT_OF_STOCK", scarce);
    assertRejected(reply(otherPrice, 1), "PRICE_CHANGED", scarce);
    assertRejected(reply(notOnSale, 1), "NOT_ON_SALE", paused);
    assertThat(item.stock(scarce)).isEqualTo(Stock.of(2));
  }

  private static void assertRejected(StockReply reply, String reason, long listingId) {
    assertThat(reply.getOutcome()).isEqualTo(STOCK_OUTCOME_REJECTED);
    assertThat(reply.getReason()).isEqualTo(reason);
    assertThat(reply.getListingId()).isEqualTo(listingId);
  }

  @Test
  void aRepeatedRecordGetsTheRecordedAnswerAndMovesNothing() {
    long a = listing(10);
    var order = AnOrder.of(a, 4);

    topics.tell(order.placed());
    StockReply first = reply(order, 1);
    topics.tell(order.placed(), order.placed());

    assertThat(topics.replies(order.id(), 3)).containsOnly(first);
    assertThat(item.stock(a).reserved()).isEqualTo(4);
  }

  @Test
  void anOrderPastItsDeadlineIsExpiredUntouched() {
    long a = listing(10);
    var order = AnOrder.of(a, 4).due(Instant.now().minusSeconds(3));

    topics.tell(order.placed());

    assertThat(reply(order, 1).getOutcome()).isEqualTo(STOCK_OUTCOME_EXPIRED);
    assertThat(item.stock(a)).isEqualTo(Stock.of(10));
  }

  @Test
  void aReleaseThatComesFirstKeepsTheOrderFromReserving() {
    long a = listing(10);
    var order = AnOrder.of(a, 4);

    topics.tell(order.cancelled(), order.placed());

    assertThat(topics.replies(order.id(), 2))
        .extracting(StockReply::getOutcome)
        .containsExactly(STOCK_OUTCOME_RELEASED, STOCK_OUTCOME_EXPIRED);
    assertThat(item.stock(a)).isEqualTo(Stock.of(10));
  }

  @Test
  void twoHundredOrdersForFiftyPiecesSellFifty() {
    long a = listing(50);
    List<AnOrder> orders = Stream.generate(() -> AnOrder.of(a, 1)).limit(200).toList();
    Set<String> ids =
        orders.stream().map(order -> order.id().toString()).collect(Collectors.toSet());

    try (RunningItem second = item.another()) {
      topics.tell(orders.stream().map(AnOrder::placed).toArray(OrderEvent[]::new));

      Map<StockOutcome, Long> outcomes =
          topics.replies(reply -> ids.contains(reply.getOrderId()), 200).stream()
              .collect(
                  groupingBy(
                      StockReply::getOrderId,
                      Collectors.collectingAndThen(
                          Collectors.toList(), replies -> replies.getFirst().getOutcome())))
              .values()
              .stream()
              .collect(groupingBy(outcome -> outcome, counting()));

      assertThat(outcomes)
          .isEqualTo(Map.of(STOCK_OUTCOME_ACCEPTED, 50L, STOCK_OUTCOME_REJECTED, 150L));
      assertThat(item.stock(a)).isEqualTo(new Stock(50, 50, 0, 50, 0, 0));
    }
  }

  @Test
  void twoHundredOrdersForTheLastPieceSellOne() {
    long a = listing(1);
    List<AnOrder> orders = Stream.generate(() -> AnOrder.of(a, 1)).limit(200).toList();
    Set<String> ids =
        orders.stream().map(order -> order.id().toString()).collect(Collectors.toSet());

    topics.tell(orders.stream().map(AnOrder::placed).toArray(OrderEvent[]::new));

    assertThat(topics.replies(reply -> ids.contains(reply.getOrderId()), 200))
        .extracting(StockReply::getOutcome)
        .hasSize(200)
        .containsOnly(STOCK_OUTCOME_ACCEPTED, STOCK_OUTCOME_REJECTED)
        .containsOnlyOnce(STOCK_OUTCOME_ACCEPTED);
    assertThat(item.stock(a)).isEqualTo(new Stock(1, 1, 0, 1, 0, 0));
  }

  @Test
  void aRecordThatIsNoOrderGoesToTheDeadLettersAndHoldsNobodyUp() {
    String key = UUID.randomUUID().toString();
    long a = listing(10);
    var neverHeld = AnOrder.of(a, 1);
    var order = AnOrder.of(a, 1);

    topics.put("orders", key, "keine Bestellung".getBytes(StandardCharsets.UTF_8));
    topics.tell(neverHeld.confirmed(), order.placed());

    assertThat(reply(order, 1).getOutcome()).isEqualTo(STOCK_OUTCOME_ACCEPTED);
    topics.awaitRecords(
        "orders.item.dlt",
        record -> Set.of(key, neverHeld.id().toString()).contains(record.key()),
        2);
    assertThat(item.stock(a).sold()).isZero();
  }

  @Test
  void whatListingsShowFollowsInFewEvents() {
    long a = listing(100);
    List<AnOrder> orders = Stream.generate(() -> AnOrder.of(a, 1)).limit(40).toList();

    orders.forEach(order -> topics.tell(order.placed()));

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              List<ListingChanged> shown =
                  topics.await(
                      "listings",
                      ListingChanged.parser(),
                      changed -> changed.getListingId() == a,
                      2);
              assertThat(shown.getLast().getAvailable()).isEqualTo(60);
              assertThat(shown.getLast().getVersion()).isEqualTo(1);
              assertThat(shown)
                  .extracting(ListingChanged::getSequence)
                  .isSorted()
                  .doesNotHaveDuplicates();
              assertThat(shown).hasSizeLessThan(20);
            });
  }

  @Test
  void aReservationLeftOpenIsAnnouncedAgain() {
    long a = listing(10);
    var order = AnOrder.of(a, 4).due(Instant.now());

    topics.tell(order.placed());

    assertThat(topics.replies(order.id(), 3))
        .extracting(StockReply::getOutcome)
        .containsOnly(STOCK_OUTCOME_ACCEPTED);
  }
}
