package jangteo.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.local.chaos.Aftermath.Audit;
import jangteo.local.chaos.Aftermath.Line;
import jangteo.local.chaos.Aftermath.Order;
import jangteo.local.chaos.Aftermath.Payment;
import jangteo.local.chaos.Aftermath.Wallet;
import jangteo.local.chaos.Evidence.Deposits;
import jangteo.local.chaos.Fault.Kind;
import jangteo.local.chaos.Hiccups.Hiccup;
import jangteo.local.chaos.Operation.Outcome;
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
  private static final String ORDER = "order";

  private final List<Operation> operations = new ArrayList<>();
  private final List<Outage> outages = new ArrayList<>();
  private final List<Hiccup> hiccups = new ArrayList<>();
  private final Map<String, Order> orders = new HashMap<>();
  private final Map<String, List<Payment>> payments = new HashMap<>();
  private double load = 2;
  private long available = 8;
  private Wallet wallet = new Wallet(1_000, 1_000);
  private Deposits deposits = new Deposits(1_000, 0);
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
        kind, BUYER, key, begin, begin.plusMillis(10), Outcome.of(status), status, seen);
  }

  private void ends(Sight sight, String method) {
    orders.put(
        sight.orderId(), new Order(sight, BUYER, List.of(new Line("product", 2)), 200, method));
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
        new Aftermath(orders, payments, Map.of("product", available), Map.of(BUYER, wallet), audit);
    Evidence evidence =
        new Evidence(
            Map.of("product", 10L),
            Map.of(BUYER, deposits),
            operations,
            outages,
            hiccups,
            load,
            after);
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

    operations.add(place("unknown", 0, null));
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
      assertThat(violated()).containsExactly("a confirmed order is paid exactly once");
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
    for (long wrong : new long[] {7, 9, -2}) {
      available = wrong;
      assertThat(violated()).containsExactly("stock adds up");
    }
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
    deposits = new Deposits(1_000, 50);
    for (long fine : new long[] {1_000, 1_050}) {
      wallet = new Wallet(fine, fine);
      assertThat(violated()).isEmpty();
    }
    wallet = new Wallet(1_051, 1_051);
    assertThat(violated()).containsExactly("a wallet adds up");
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
