package jangteo.order.audit;

import static jangteo.order.audit.Invariant.MONEY_ADDS_UP;
import static jangteo.order.audit.Invariant.ONE_KEY_ONE_ORDER;
import static jangteo.order.audit.Invariant.ORDERS_END;
import static jangteo.order.audit.Invariant.STOCK_ADDS_UP;
import static jangteo.order.audit.Invariant.STORES_AGREE;
import static org.assertj.core.api.Assertions.assertThat;

import jangteo.order.audit.Facts.Ledger;
import jangteo.order.audit.Facts.ListingCase;
import jangteo.order.audit.Facts.Mismatch;
import jangteo.order.audit.Facts.Offer;
import jangteo.order.audit.Facts.OrderCase;
import jangteo.order.audit.Facts.Payment;
import jangteo.order.audit.Facts.Reservation;
import jangteo.order.audit.Facts.Stock;
import jangteo.order.audit.Facts.Unbalanced;
import jangteo.order.domain.Money;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import jangteo.order.saga.Orders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the audit's rules find in facts, and what they leave in peace. */
class AuditRulesTest {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
  private static final Instant DEADLINE = START.plusSeconds(5);
  private static final Instant NOW = START.plusSeconds(60);
  private static final UUID ID = UUID.fromString("0194c1f0-0000-8000-8000-000000000003");
  private static final long TOTAL = 12_900;

  private static final Order PLACED = Order.placed(Orders.teapot(ID), START, DEADLINE);
  private static final Order CONFIRMED =
      decided(PLACED, OrderStatus.CONFIRMED, START.plusMillis(80));
  private static final Order CANCELLED = decided(PLACED, OrderStatus.CANCELLED, DEADLINE);

  private static final Reservation SOLD =
      new Reservation(ID.toString(), Map.of(1001L, 1L), true, false);
  private static final Reservation HELD =
      new Reservation(ID.toString(), Map.of(1001L, 1L), false, false);
  private static final Reservation LET_GO =
      new Reservation(ID.toString(), Map.of(1001L, 1L), false, true);
  private static final Payment PAID = payment("CAPTURED", 0, TOTAL, TOTAL, 0);
  private static final Payment VOIDED = payment("VOIDED", 0, 0, 0, 0);

  private static Order decided(Order order, OrderStatus status, Instant at) {
    return order
        .change(at)
        .announced()
        .status(status)
        .step("order", Order.DECIDE, status.name(), "")
        .done();
  }

  private static Payment payment(
      String state, long authorized, long charged, long captured, long refunded) {
    return new Payment(
        "p",
        ID.toString(),
        state,
        new Money(TOTAL, "KRW"),
        authorized,
        charged,
        captured,
        refunded,
        0,
        0,
        Optional.empty());
  }

  private static Payment openSince(Instant since) {
    Money total = new Money(TOTAL, "KRW");
    return new Payment(
        "p", ID.toString(), "AUTHORIZED", total, TOTAL, 0, 0, 0, 0, 1, Optional.of(since));
  }

  private static Payment refundedInPart(long inLedger, long byHand) {
    Money total = new Money(TOTAL, "KRW");
    return new Payment(
        "p",
        ID.toString(),
        "CAPTURED",
        total,
        0,
        TOTAL - inLedger,
        TOTAL,
        inLedger,
        byHand,
        0,
        Optional.empty());
  }

  private static Trail trail(Order... records) {
    Trail trail = Trail.of(records[0]);
    for (int i = 1; i < records.length; i++) {
      trail = trail.then(records[i]);
    }
    return trail;
  }

  private static OrderCase facts(Order view, Trail trail, Reservation item, Payment payment) {
    return new OrderCase(
        ID.toString(),
        Optional.of(view),
        Optional.of(trail),
        true,
        List.of(item),
        List.of(payment));
  }

  private static List<Invariant> broken(OrderCase facts) {
    return broken(facts, NOW);
  }

  private static List<Invariant> broken(OrderCase facts, Instant now) {
    return OrderRules.judge(facts, now).stream().map(Finding::invariant).distinct().toList();
  }

  @Test
  void ordersThatEndedAsTheyShouldAreLeftInPeace() {
    assertThat(broken(facts(CONFIRMED, trail(PLACED, CONFIRMED), SOLD, PAID))).isEmpty();
    assertThat(broken(facts(CANCELLED, trail(PLACED, CANCELLED), LET_GO, VOIDED))).isEmpty();
    // Payment declined at once, item still busy: nothing is held, nothing is wrong.
    assertThat(broken(facts(PLACED, trail(PLACED), HELD, openSince(START)), START.plusSeconds(2)))
        .isEmpty();
  }

  @Test
  void anOrderThatIsLeftOpen() {
    OrderCase open = facts(PLACED, trail(PLACED), HELD, openSince(START));
    assertThat(broken(open, DEADLINE.plusSeconds(14))).isEmpty();
    assertThat(broken(open, DEADLINE.plusSeconds(16))).containsExactly(ORDERS_END);
  }

  @Test
  void aLateDecisionUnlessNobodyWasThere() {
    Order inTime = decided(PLACED, OrderStatus.CANCELLED, DEADLINE.plusMillis(500));
    Order late = decided(PLACED, OrderStatus.CANCELLED, DEADLINE.plusMillis(501));
    Order excused =
        decided(
            PLACED
                .change(DEADLINE.plusSeconds(7))
                .step("order", "RESUME", "LATE", "STANDSTILL")
                .done(),
            OrderStatus.CANCELLED,
            DEADLINE.plusSeconds(7));
    assertThat(broken(facts(inTime, trail(PLACED, inTime), LET_GO, VOIDED))).isEmpty();
    assertThat(broken(facts(late, trail(PLACED, late), LET_GO, VOIDED)))
        .containsExactly(ORDERS_END);
    assertThat(broken(facts(excused, trail(PLACED, excused), LET_GO, VOIDED))).isEmpty();
  }

  @Test
  void aDecisionThatChanged() {
    // The same version twice, and another way on from an end.
    Order otherwise = decided(PLACED, OrderStatus.CANCELLED, START.plusMillis(80));
    Order revived = CANCELLED.change(DEADLINE).announced().status(OrderStatus.CONFIRMED).done();
    assertThat(trail(PLACED, CONFIRMED, otherwise).changed()).isPresent();
    assertThat(trail(PLACED, CANCELLED, revived).changed()).isPresent();
    assertThat(broken(facts(CONFIRMED, trail(PLACED, CONFIRMED, otherwise), SOLD, PAID)))
        .containsExactly(ORDERS_END);
  }

  @Test
  void repeatedRecordsChangeNothing() {
    assertThat(trail(PLACED, CONFIRMED, CONFIRMED, PLACED)).isEqualTo(trail(PLACED, CONFIRMED));
  }

  @Test
  void aReadModelThatIsBehindOrSaysAnotherThing() {
    Order wrong = CONFIRMED.change(NOW).status(OrderStatus.SHIPPED).done();
    assertThat(broken(facts(PLACED, trail(PLACED, CONFIRMED), SOLD, PAID)))
        .containsExactly(STORES_AGREE);
    assertThat(broken(facts(wrong, trail(PLACED, CONFIRMED), SOLD, PAID)))
        .containsExactly(STORES_AGREE);
  }

  @Test
  void anOrderThatSomeStoreDoesNotKnow() {
    OrderCase lost =
        new OrderCase(
            ID.toString(), Optional.empty(), Optional.empty(), true, List.of(), List.of(PAID));
    OrderCase untold =
        new OrderCase(
            ID.toString(),
            Optional.of(CONFIRMED),
            Optional.empty(),
            true,
            List.of(SOLD),
            List.of(PAID));
    assertThat(broken(lost)).containsExactly(STORES_AGREE);
    assertThat(broken(untold)).containsExactly(STORES_AGREE);
  }

  @Test
  void goodsThatStayHeldOrSold() {
    Trail told = trail(PLACED, CANCELLED);
    Reservation kept = new Reservation(ID.toString(), Map.of(1001L, 1L), true, false);
    assertThat(broken(facts(CANCELLED, told, HELD, VOIDED))).containsExactly(STORES_AGREE);
    assertThat(broken(facts(CANCELLED, told, kept, VOIDED))).containsExactly(STOCK_ADDS_UP);
  }

  @Test
  void goodsThatAreNotWhatWasOrdered() {
    Reservation two = new Reservation(ID.toString(), Map.of(1001L, 2L), true, false);
    Reservation back = new Reservation(ID.toString(), Map.of(1001L, 1L), true, true);
    Trail told = trail(PLACED, CONFIRMED);
    for (Reservation wrong : List.of(two, back, HELD)) {
      assertThat(broken(facts(CONFIRMED, told, wrong, PAID))).containsExactly(STOCK_ADDS_UP);
    }
  }

  @Test
  void moneyThatWasTakenForNothingOrTwiceOrNot() {
    Trail sold = trail(PLACED, CONFIRMED);
    Trail over = trail(PLACED, CANCELLED);
    Payment twice = payment("CAPTURED", 0, 2 * TOTAL, 2 * TOTAL, 0);
    Payment onlySaid = payment("CAPTURED", 0, TOTAL, 0, 0);
    assertThat(broken(facts(CONFIRMED, sold, SOLD, twice))).containsExactly(MONEY_ADDS_UP);
    assertThat(broken(facts(CONFIRMED, sold, SOLD, VOIDED))).containsExactly(MONEY_ADDS_UP);
    assertThat(broken(facts(CONFIRMED, sold, SOLD, onlySaid))).containsExactly(MONEY_ADDS_UP);
    assertThat(broken(facts(CANCELLED, over, LET_GO, PAID))).containsExactly(MONEY_ADDS_UP);
    assertThat(broken(facts(CANCELLED, over, LET_GO, payment("REFUNDED", 0, 0, TOTAL, TOTAL))))
        .isEmpty();
  }

  @Test
  void moneyThatWasGivenBackByHand() {
    Trail sold = trail(PLACED, CONFIRMED);
    assertThat(broken(facts(CONFIRMED, sold, SOLD, refundedInPart(900, 900)))).isEmpty();
    assertThat(broken(facts(CONFIRMED, sold, SOLD, refundedInPart(900, 0))))
        .containsExactly(MONEY_ADDS_UP);
  }

  @Test
  void anAuthorisationThatStaysOpenUnlessItIsUnderWay() {
    Trail over = trail(PLACED, CANCELLED);
    Payment forgotten = payment("AUTHORIZED", TOTAL, 0, 0, 0);
    Duration open = Duration.ofSeconds(59);
    assertThat(broken(facts(CANCELLED, over, LET_GO, forgotten))).containsExactly(STORES_AGREE);
    assertThat(broken(facts(CANCELLED, over, LET_GO, openSince(NOW.minus(open))))).isEmpty();
    assertThat(broken(facts(CANCELLED, over, LET_GO, openSince(NOW.minus(open.plusSeconds(1))))))
        .containsExactly(STORES_AGREE);
  }

  @Test
  void oneKeyIsOneOrder() {
    Order other = Order.placed(Orders.otherRequest(ID), START, DEADLINE);
    Order anew = Order.placed(Orders.teapot(ID), START.plusSeconds(1), DEADLINE.plusSeconds(1));
    assertThat(trail(PLACED, other).twice()).isPresent();
    assertThat(trail(PLACED, CONFIRMED, anew).twice()).isPresent();
    assertThat(broken(facts(CONFIRMED, trail(PLACED, CONFIRMED, anew), SOLD, PAID)))
        .contains(ONE_KEY_ONE_ORDER);
    OrderCase twice =
        new OrderCase(
            ID.toString(),
            Optional.of(CONFIRMED),
            Optional.of(trail(PLACED, CONFIRMED)),
            true,
            List.of(SOLD),
            List.of(PAID, PAID));
    assertThat(broken(twice)).containsExactly(ONE_KEY_ONE_ORDER);
  }

  // ---- listings

  private static Offer offer(long available, long sequence) {
    return new Offer(1001, new Money(TOTAL, "KRW"), "ON_SALE", available, 1, sequence);
  }

  private static Stock stock(long onHand, long reserved, long heldByOrders) {
    return new Stock(
        offer(onHand - reserved, 9), onHand + 3, 0, 0, onHand, reserved, 3, heldByOrders, 3, 0);
  }

  private static List<Invariant> broken(Optional<Stock> stock, Optional<Offer> offer) {
    return ListingRules.judge(new ListingCase(1, Orders.SELLER, stock, offer)).stream()
        .map(Finding::invariant)
        .distinct()
        .toList();
  }

  @Test
  void aListingThatAddsUpAndIsShownAsItIs() {
    assertThat(broken(Optional.of(stock(10, 2, 2)), Optional.of(offer(8, 9)))).isEmpty();
  }

  @Test
  void stockThatDoesNotAddUp() {
    Stock fromNowhere = new Stock(offer(10, 9), 11, 0, 0, 10, 0, 3, 0, 3, 0);
    assertThat(broken(Optional.of(stock(10, 3, 2)), Optional.of(offer(7, 9))))
        .containsExactly(STOCK_ADDS_UP);
    assertThat(broken(Optional.of(stock(1, 2, 2)), Optional.of(offer(-1, 9))))
        .containsExactly(STOCK_ADDS_UP);
    assertThat(broken(Optional.of(fromNowhere), Optional.of(offer(10, 9))))
        .containsExactly(STOCK_ADDS_UP);
  }

  @Test
  void aListingThatSearchShowsOtherwise() {
    Optional<Stock> item = Optional.of(stock(10, 2, 2));
    assertThat(broken(item, Optional.of(offer(7, 9)))).containsExactly(STORES_AGREE);
    assertThat(broken(item, Optional.of(offer(8, 8)))).containsExactly(STORES_AGREE);
    assertThat(broken(item, Optional.empty())).containsExactly(STORES_AGREE);
    assertThat(broken(Optional.empty(), Optional.of(offer(8, 9)))).containsExactly(STORES_AGREE);
  }

  // ---- the ledger

  @Test
  void theLedgerAndTheWallets() {
    Ledger sound = new Ledger(List.of(new Money(0, "KRW")), 2, List.of(), 1, List.of());
    Ledger broken =
        new Ledger(
            List.of(new Money(7, "KRW")),
            2,
            List.of(new Unbalanced("p", Optional.of(ID.toString()), 7)),
            1,
            List.of(new Mismatch(41, "KRW", 0, 7)));
    assertThat(LedgerRules.judge(sound)).isEmpty();
    assertThat(LedgerRules.judge(broken))
        .extracting(Finding::id)
        .containsExactly("ledger:KRW", ID.toString(), "wallet:41:KRW");
  }
}
