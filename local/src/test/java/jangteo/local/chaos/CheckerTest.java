package jangteo.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.local.chaos.Aftermath.Audit;
import jangteo.local.chaos.Aftermath.Line;
import jangteo.local.chaos.Aftermath.Offer;
import jangteo.local.chaos.Aftermath.Order;
import jangteo.local.chaos.Aftermath.Payment;
import jangteo.local.chaos.Aftermath.Wallet;
import jangteo.local.chaos.Fault.Kind;
import jangteo.local.chaos.Hiccups.Hiccup;
import jangteo.local.chaos.Tally.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A shop with one product of ten, one buyer with 1,000 in the wallet, and one confirmed order of
 * two for 200; each test spoils one thing and names what the checker then says.
 */
class CheckerTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant DEADLINE = START.plusSeconds(5);
  private static final String BUYER = "buyer";
  private static final String SELLER = "seller";
  private static final String ORDER = "order";

  private final List<Operation> operations = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();
  private final List<Hiccup> hiccups = new ArrayList<>();
  private final Map<String, Order> orders = new HashMap<>();
  private final Map<String, List<Payment>> payments = new HashMap<>();
  private double load = 2;
  private final List<PriceTag> prices = new ArrayList<>();
  private long available = 8;
  private long price = 100;
  private Range counted = new Range(0, 0);
  private Wallet wallet = new Wallet(1_000, 1_000);
  private Range deposits = new Range(1_000, 1_000);
  private Audit audit = new Audit(Map.of());

  CheckerTest() {
    operations.add(place("key", 202, sight(1, "PLACED", "", null)));
    ends(sight(2, "CONFIRMED", "", START.plusMillis(80)), "CARD");
    payments.put(ORDER, List.of(new Payment("p1", "CAPTURED", 200)));
  }

  private static Sight sight(long version, String status, String reason, @Nullable Instant ended) {
    return new Sight(ORDER, version, status, reason, START, DEADLINE, ended);
  }

  private static Sight of(String id, Sight sight) {
    return new Sight(
        id,
        sight.version(),
        sight.status(),
        sight.reason(),
        sight.placedAt(),
        sight.deadline(),
        sight.endedAt());
  }

  private static Operation place(String key, int status, @Nullable Sight seen) {
    return operation(Operation.Kind.PLACE, key, 0, status, seen);
  }

  private static Operation operation(
      Operation.Kind kind, String key, long atMillis, int status, @Nullable Sight seen) {
    Instant begin = START.plusMillis(atMillis);
    return new Operation(
        kind, BUYER, key, begin, begin.plusMillis(10), status, "", status == 503, seen);
  }

  private static Operation by(String who, Operation.Kind kind, int status) {
    Instant begin = START.plusMillis(100);
    return new Operation(kind, who, ORDER, begin, begin.plusMillis(10), status, "", false, null);
  }

  private void ends(Sight sight, String method) {
    ends(sight, method, "OPEN");
  }

  private void ends(Sight sight, String method, String fulfilment) {
    Line line = new Line("product", SELLER, 2, 100, fulfilment);
    orders.put(sight.orderId(), new Order(sight, BUYER, List.of(line), 200, method));
  }

  private static Outage outage(Kind kind, String part, long fromMillis, long toMillis) {
    return new Outage(
        Fault.of(kind, part),
        START.plusMillis(fromMillis),
        START.plusMillis(toMillis),
        START.plusMillis(toMillis));
  }

  private List<String> violated() {
    Aftermath after =
        new Aftermath(
            orders,
            payments,
            Map.of("product", new Offer(available, price)),
            Map.of(BUYER, wallet),
            audit);
    Books books =
        new Books(
            Map.of("product", 10L),
            Map.of("product", counted),
            Map.of(BUYER, deposits),
            prices.isEmpty() ? Map.of() : Map.of("product", prices));
    Evidence evidence = new Evidence(books, operations, outages, hiccups, load, after);
    return Checker.check(evidence).stream().map(Violation::rule).toList();
  }

  @Test
  void aShopThatIsRightHasNoViolation() {
    operations.add(operation(Operation.Kind.READ, ORDER, 200, 200, orders.get(ORDER).sight()));
    assertThat(violated()).isEmpty();
  }

  @Test
  void anAcknowledgedOrderThatIsGone() {
    operations.add(place("other", 202, of("lost", sight(1, "PLACED", "", null))));
    assertThat(violated()).containsExactly("an acknowledged order exists");
  }

  @Test
  void oneKeyThatBecameTwoOrders() {
    operations.add(place("key", 202, of("second", sight(1, "PLACED", "", null))));
    orders.put(
        "second",
        new Order(
            of("second", sight(2, "REJECTED", "OUT_OF_STOCK", DEADLINE)),
            BUYER,
            List.of(),
            0,
            "CARD"));
    assertThat(violated()).containsExactly("the same key is the same order");
  }

  @Test
  void anOrderThatNobodyAskedFor() {
    orders.put(
        "stray",
        new Order(
            of("stray", sight(2, "REJECTED", "OUT_OF_STOCK", DEADLINE)),
            BUYER,
            List.of(),
            0,
            "CARD"));
    assertThat(violated()).containsExactly("each order was asked for");

    operations.add(place("unknown", 503, null));
    assertThat(violated()).isEmpty();
  }

  @Test
  void aGoodRequestThatWasRefused() {
    operations.add(operation(Operation.Kind.READ, ORDER, 100, 401, null));
    assertThat(violated()).containsExactly("nothing well asked is refused");
  }

  @Test
  void aCancellationThatComesTooLateIsNoViolation() {
    operations.add(operation(Operation.Kind.CANCEL, ORDER, 100, 409, null));
    assertThat(violated()).isEmpty();
  }

  @Test
  void aCancellationThatWasAcknowledgedAndDidNotHold() {
    operations.add(operation(Operation.Kind.CANCEL, ORDER, 100, 202, null));
    assertThat(violated()).containsExactly("a cancellation that was acknowledged holds");
  }

  @Test
  void anOrderThatNeverEnds() {
    ends(sight(1, "PLACED", "", null), "CARD");
    payments.clear();
    available = 10;
    assertThat(violated()).containsExactly("every order ends");
  }

  @Test
  void anOrderThatEndsHalfASecondAfterItsDeadlineIsInTimeAndALaterOneIsNot() {
    ends(sight(2, "CONFIRMED", "", DEADLINE.plusMillis(500)), "CARD");
    assertThat(violated()).isEmpty();

    ends(sight(2, "CONFIRMED", "", DEADLINE.plusMillis(501)), "CARD");
    assertThat(violated()).containsExactly("an order is decided by its deadline");
  }

  @Test
  void anOutageOfOrderOrKafkaLetsAnOrderOffForAWhile() {
    outages.add(outage(Kind.PAUSE, "kafka", 1_000, 9_000));
    ends(sight(2, "CONFIRMED", "", START.plusMillis(24_000)), "CARD");
    assertThat(violated()).isEmpty();

    ends(sight(2, "CONFIRMED", "", START.plusMillis(24_001)), "CARD");
    assertThat(violated()).containsExactly("an order is decided by its deadline");
  }

  @Test
  void inACrowdItTakesHalfAMinuteToCatchUp() {
    load = 5.1;
    outages.add(outage(Kind.KILL, "order", 1_000, 9_000));
    ends(sight(2, "CONFIRMED", "", START.plusMillis(39_000)), "CARD");
    assertThat(violated()).isEmpty();

    ends(sight(2, "CONFIRMED", "", START.plusMillis(39_001)), "CARD");
    assertThat(violated()).containsExactly("an order is decided by its deadline");
  }

  @Test
  void anOutageThatWasOverLongBeforeOrThatBeganAfterwardsLetsNobodyOff() {
    outages.add(outage(Kind.KILL, "order", -19_000, -15_001));
    outages.add(outage(Kind.KILL, "order", 5_500, 7_000));
    ends(sight(2, "CONFIRMED", "", START.plusMillis(5_700)), "CARD");
    assertThat(violated()).containsExactly("an order is decided by its deadline");
  }

  @Test
  void anOutageThatBeginsWhileAnEarlierOneIsStillCaughtUpWithLetsAnOrderOffToo() {
    outages.add(outage(Kind.KILL, "order", 1_000, 3_000));
    outages.add(outage(Kind.KILL, "order", 17_000, 20_000));
    ends(sight(2, "CONFIRMED", "", START.plusMillis(35_000)), "CARD");
    assertThat(violated()).isEmpty();

    ends(sight(2, "CONFIRMED", "", START.plusMillis(35_001)), "CARD");
    assertThat(violated()).containsExactly("an order is decided by its deadline");
  }

  @Test
  void anOutageOfAnotherPartLetsNobodyOff() {
    outages.add(outage(Kind.PAUSE, "payment", 1_000, 9_000));
    ends(sight(2, "CONFIRMED", "", DEADLINE.plusSeconds(1)), "CARD");
    assertThat(violated()).containsExactly("an order is decided by its deadline");
  }

  @Test
  void whatTheMachineStoodStillIsAddedToTheTime() {
    hiccups.add(new Hiccup(DEADLINE.plusMillis(100), DEADLINE.plusMillis(200)));
    hiccups.add(new Hiccup(START, START.plusMillis(3_000)));
    ends(sight(2, "CONFIRMED", "", DEADLINE.plusMillis(600)), "CARD");
    assertThat(violated()).isEmpty();

    ends(sight(2, "CONFIRMED", "", DEADLINE.plusMillis(601)), "CARD");
    assertThat(violated()).containsExactly("an order is decided by its deadline");
  }

  @Test
  void aCrowdedMachineHasThreeSecondsMore() {
    load = 5.1;
    ends(sight(2, "CONFIRMED", "", DEADLINE.plusMillis(3_500)), "CARD");
    assertThat(violated()).isEmpty();

    ends(sight(2, "CONFIRMED", "", DEADLINE.plusMillis(3_501)), "CARD");
    assertThat(violated()).containsExactly("an order is decided by its deadline");
  }

  @Test
  void aDecisionThatChanged() {
    operations.add(
        operation(
            Operation.Kind.FOLLOW, ORDER, 50, 200, sight(2, "CANCELLED", "TIMEOUT", DEADLINE)));
    assertThat(violated()).containsExactly("a decision never changes");
  }

  @Test
  void aConfirmedOrderMayBeCancelledByItsBuyerButNotByTheDeadline() {
    operations.add(operation(Operation.Kind.READ, ORDER, 100, 200, orders.get(ORDER).sight()));
    payments.put(ORDER, List.of(new Payment("p1", "REFUNDED", 200)));
    available = 10;
    ends(sight(3, "CANCELLED", "BY_BUYER", START.plusMillis(80)), "CARD");
    assertThat(violated()).isEmpty();

    ends(sight(3, "CANCELLED", "TIMEOUT", START.plusMillis(80)), "CARD");
    assertThat(violated()).containsExactly("a decision never changes");
  }

  @Test
  void aReaderWhoSeesAnOpenOrderAfterAnotherSawItDecided() {
    operations.add(operation(Operation.Kind.READ, ORDER, 100, 200, orders.get(ORDER).sight()));
    operations.add(operation(Operation.Kind.READ, ORDER, 300, 200, sight(1, "PLACED", "", null)));
    assertThat(violated()).containsExactly("a decision that was seen is seen ever after");
  }

  @Test
  void aConfirmedOrderThatIsNotPaidOrPaidTwiceOrForAnotherPrice() {
    for (List<Payment> wrong :
        List.of(
            List.<Payment>of(),
            List.of(new Payment("p1", "AUTHORIZED", 200)),
            List.of(new Payment("p1", "CAPTURED", 200), new Payment("p2", "CAPTURED", 200)),
            List.of(new Payment("p1", "CAPTURED", 199)))) {
      payments.put(ORDER, wrong);
      assertThat(violated()).containsExactly("what is sold is paid exactly once");
    }
  }

  @Test
  void anOrderWithoutGoodsThatCostsMoney() {
    ends(sight(2, "CANCELLED", "STOCK_TIMEOUT", DEADLINE), "CARD");
    available = 10;
    for (String charged : List.of("CAPTURED", "AUTHORIZED")) {
      payments.put(ORDER, List.of(new Payment("p1", charged, 200)));
      assertThat(violated()).containsExactly("an order without goods costs nothing");
    }
    payments.put(ORDER, List.of(new Payment("p1", "VOIDED", 200)));
    assertThat(violated()).isEmpty();
  }

  @Test
  void aPaymentOfNoOrder() {
    payments.put("nobody", List.of(new Payment("p9", "VOIDED", 1)));
    assertThat(violated()).containsExactly("a payment is of an order");
  }

  @Test
  void stockThatIsMissingOrTooMuchOrSoldTwice() {
    for (long wrong : new long[] {7, 9}) {
      available = wrong;
      assertThat(violated()).containsExactly("stock adds up");
    }
    available = -2;
    assertThat(violated()).containsExactly("nothing is sold that is not there", "stock adds up");
  }

  @Test
  void stockThatItsSellerCounted() {
    counted = new Range(3, 3);
    assertThat(violated()).containsExactly("stock adds up");
    available = 11;
    assertThat(violated()).isEmpty();

    counted = new Range(3, 5); // two more were found, and the answer never came
    available = 13;
    assertThat(violated()).isEmpty();
    available = 14;
    assertThat(violated()).containsExactly("stock adds up");
    available = 10;
    assertThat(violated()).containsExactly("stock adds up");
  }

  @Test
  void anOrderThatCostsSomethingElseThanItsLines() {
    Line line = new Line("product", SELLER, 2, 99, "OPEN");
    orders.put(ORDER, new Order(orders.get(ORDER).sight(), BUYER, List.of(line), 200, "CARD"));
    assertThat(violated()).containsExactly("an order costs what its lines cost");
  }

  @Test
  void aWalletThatDoesNotAddUp() {
    ends(orders.get(ORDER).sight(), "WALLET");
    wallet = new Wallet(800, 800);
    assertThat(violated()).isEmpty();

    wallet = new Wallet(801, 801);
    assertThat(violated()).containsExactly("a wallet adds up");
    wallet = new Wallet(800, 799);
    assertThat(violated()).containsExactly("a wallet adds up");
  }

  @Test
  void aDepositOfUnknownOutcomeMayBeThereOrNot() {
    deposits = new Range(1_000, 1_050);
    for (long fine : new long[] {1_000, 1_050}) {
      wallet = new Wallet(fine, fine);
      assertThat(violated()).isEmpty();
    }
    wallet = new Wallet(1_051, 1_051);
    assertThat(violated()).containsExactly("a wallet adds up");
  }

  @Test
  void aPriceThatWasNotAskedWhileTheOrderWasOpen() {
    Instant ended = START.plusMillis(80);
    prices.add(new PriceTag(90, Instant.MIN, Instant.MIN));
    prices.add(new PriceTag(100, START.minusMillis(10), START.plusMillis(5)));
    assertThat(violated()).isEmpty();

    prices.add(new PriceTag(110, START.minusMillis(9), START));
    price = 110;
    assertThat(violated()).isEmpty(); // asked before, known at that very instant
    prices.set(2, new PriceTag(110, START.minusMillis(9), START.minusMillis(1)));
    assertThat(violated()).containsExactly("goods are sold for what they cost");
    prices.set(2, new PriceTag(110, START.minusMillis(9), Instant.MAX));
    assertThat(violated()).isEmpty(); // nobody knows whether it was done

    prices.set(1, new PriceTag(100, ended.plusMillis(1), ended.plusMillis(2)));
    assertThat(violated()).containsExactly("goods are sold for what they cost");
  }

  @Test
  void aPriceOfAnOrderThatWasConfirmedAndThenCancelled() {
    prices.add(new PriceTag(100, Instant.MIN, Instant.MIN));
    prices.add(new PriceTag(110, START.minusMillis(9), START.minusMillis(1)));
    price = 110;
    available = 10;
    payments.put(ORDER, List.of(new Payment("p1", "VOIDED", 200)));
    ends(sight(3, "CANCELLED", "BY_BUYER", START.plusMillis(80)), "CARD");
    assertThat(violated()).isEmpty(); // cancelled while it was open: never sold

    operations.add(
        operation(
            Operation.Kind.READ, ORDER, 100, 200, sight(2, "CONFIRMED", "", START.plusMillis(80))));
    assertThat(violated()).containsExactly("goods are sold for what they cost");
  }

  @Test
  void aPriceThatIsNotShownInTheEnd() {
    prices.add(new PriceTag(100, Instant.MIN, Instant.MIN));
    prices.add(new PriceTag(110, DEADLINE, DEADLINE.plusMillis(5)));
    assertThat(violated()).containsExactly("the last price is shown");
    price = 110;
    assertThat(violated()).isEmpty();
  }

  @Test
  void aRefusalForAPriceThatNeverChanged() {
    ends(sight(2, "REJECTED", "PRICE_CHANGED", START.plusMillis(80)), "CARD");
    available = 10;
    payments.clear();
    assertThat(violated()).containsExactly("only a price that changed is refused");
    prices.add(new PriceTag(100, Instant.MIN, Instant.MIN));
    assertThat(violated()).isEmpty();
  }

  @Test
  void goodsThatWereShippedDeliveredAndReturned() {
    operations.add(by(SELLER, Operation.Kind.SHIP, 202));
    operations.add(by(SELLER, Operation.Kind.DELIVER, 202));
    ends(sight(4, "DELIVERED", "", START.plusMillis(80)), "CARD", "DELIVERED");
    assertThat(violated()).isEmpty();

    operations.add(by(BUYER, Operation.Kind.RETURN, 202));
    ends(sight(5, "RETURNED", "", START.plusMillis(80)), "CARD", "RETURNED");
    payments.put(ORDER, List.of(new Payment("p1", "REFUNDED", 200)));
    available = 10;
    assertThat(violated()).isEmpty();
  }

  @Test
  void aStepOfTheGoodsThatWasAcknowledgedAndDidNotHold() {
    operations.add(by(SELLER, Operation.Kind.SHIP, 202));
    assertThat(violated()).containsExactly("what was said of the goods' way holds");
    ends(sight(3, "SHIPPED", "", START.plusMillis(80)), "CARD", "SHIPPED");
    assertThat(violated()).isEmpty();

    operations.add(by(SELLER, Operation.Kind.DELIVER, 202));
    assertThat(violated()).containsExactly("what was said of the goods' way holds");
    ends(sight(4, "DELIVERED", "", START.plusMillis(80)), "CARD", "DELIVERED");
    assertThat(violated()).isEmpty();

    operations.add(by(BUYER, Operation.Kind.RETURN, 202));
    assertThat(violated()).containsExactly("what was said of the goods' way holds");
  }

  @Test
  void goodsThatHaveLeftAndAreCancelled() {
    operations.add(by(SELLER, Operation.Kind.SHIP, 202));
    ends(sight(3, "CANCELLED", "BY_BUYER", START.plusMillis(80)), "CARD", "SHIPPED");
    available = 10;
    payments.clear();
    assertThat(violated()).containsExactly("what was said of the goods' way holds");
  }

  @Test
  void goodsThatLeftUnasked() {
    ends(sight(3, "SHIPPED", "", START.plusMillis(80)), "CARD", "SHIPPED");
    operations.add(by("another seller", Operation.Kind.SHIP, 202));
    operations.add(by(SELLER, Operation.Kind.SHIP, 409));
    assertThat(violated()).containsExactly("goods go where they were asked to");

    operations.add(by(SELLER, Operation.Kind.SHIP, 0));
    assertThat(violated()).containsExactly("every request is answered");
  }

  @Test
  void aDeliveryOfWhatWasShippedIsNotRefused() {
    operations.add(by(SELLER, Operation.Kind.DELIVER, 409));
    assertThat(violated()).containsExactly("nothing well asked is refused");
  }

  @Test
  void aStateThatWasLeftIsNotSeenAgain() {
    operations.add(by(SELLER, Operation.Kind.SHIP, 202));
    ends(sight(4, "SHIPPED", "", START.plusMillis(80)), "CARD", "SHIPPED");
    operations.add(
        operation(
            Operation.Kind.FOLLOW,
            ORDER,
            50,
            200,
            sight(3, "DELIVERED", "", START.plusMillis(80))));
    assertThat(violated()).containsExactly("a decision never changes");
  }

  @Test
  void aRequestWithoutAnAnswerWhileTheGatewayRuns() {
    operations.add(operation(Operation.Kind.READ, ORDER, 100, 0, null));
    outages.add(outage(Kind.KILL, "order", 0, 1_000));
    assertThat(violated()).containsExactly("every request is answered");

    outages.add(outage(Kind.KILL, "gateway", 0, 1_000));
    assertThat(violated()).isEmpty();
  }

  @Test
  void anErrorThatDoesNotSayWhenToTryAgain() {
    operations.add(operation(Operation.Kind.READ, ORDER, 100, 503, null));
    assertThat(violated()).isEmpty();

    operations.add(by(BUYER, Operation.Kind.READ, 503));
    assertThat(violated()).containsExactly("what cannot be done now says when to try again");
    operations.removeLast();
    for (int status : new int[] {500, 502, 504}) {
      operations.add(operation(Operation.Kind.READ, ORDER, 100, status, null));
      assertThat(violated()).containsExactly("what cannot be done now says when to try again");
      operations.removeLast();
    }
  }

  @Test
  void aReadThatWaitsForTheWritingSide() {
    operations.add(operation(Operation.Kind.BROWSE, "product", 100, 503, null));
    outages.add(outage(Kind.KILL, "mariadb", 0, 1_000));
    assertThat(violated()).containsExactly("reads do not wait for the writing side");

    outages.add(outage(Kind.KILL, "search", 0, 1_000));
    assertThat(violated()).isEmpty();
  }

  @Test
  void whatTheShopsOwnAuditFinds() {
    audit = new Audit(Map.of("the ledger sums to zero", List.of("p1")));
    assertThat(violated()).containsExactly("the audit finds nothing");
  }

  @Test
  void theTimeToRecoverEndsWithTheFirstOrderThatWasPlacedSinceAndConfirmed() {
    Outage outage = outage(Kind.KILL, "item", -3_000, -1_000);
    assertThat(Recovery.after(outage, operations)).isEmpty();

    operations.add(operation(Operation.Kind.READ, ORDER, 90, 200, orders.get(ORDER).sight()));
    assertThat(Recovery.after(outage, operations)).contains(Duration.ofMillis(1_100));
  }
}
