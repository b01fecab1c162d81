package jangteo.payment;

import static jangteo.order.v1.OrderStatus.ORDER_STATUS_CANCELLED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_CONFIRMED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_PLACED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_REJECTED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_RETURNED;
import static jangteo.payment.RunningPayment.card;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_ACCEPTED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_CAPTURED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_CAPTURE_FAILED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_EXPIRED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_REFUNDED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_REJECTED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.order.v1.Order;
import jangteo.order.v1.PaymentMethod;
import jangteo.payment.v1.PaymentOutcome;
import jangteo.testkit.Rest;
import jangteo.testkit.WrongBodies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payment as the saga and its members see it, on real MariaDB and Kafka. */
class PaymentServiceTest {

  private static final String DEPOSITS = "/api/v1/wallet/deposits";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static RunningPayment payment;
  private static long lastMember = 1000;

  @BeforeAll
  static void start() {
    payment = RunningPayment.start();
  }

  @AfterAll
  static void stop() {
    payment.close();
  }

  @AfterEach
  void theLedgerSumsToZeroAndAgreesWithTheWallets() {
    assertThat(payment.number("SELECT COALESCE(SUM(amount), 0) FROM journal_lines")).isZero();
    assertThat(
            payment.number(
                """
                SELECT COUNT(*) FROM wallets w WHERE w.balance <> -(
                  SELECT COALESCE(SUM(l.amount), 0) FROM journal_lines l
                  WHERE l.account = CONCAT('wallet:', w.member_id) AND l.currency = w.currency)
                """))
        .isZero();
  }

  @Test
  void noBodyIsTheServicesFault() {
    Map<String, Object> amount = Map.of("amount", 1_000, "currency", "KRW");
    WrongBodies.areNeverTheServicesFault(
        Map.of("amount", amount, "token", "tok_ok"),
        body ->
            payment
                .member(91)
                .post(
                    "/api/v1/wallet/deposits",
                    body,
                    "Idempotency-Key",
                    UUID.randomUUID().toString()));
    String refunds = "/api/v1/payments/" + UUID.randomUUID() + "/refunds";
    WrongBodies.areNeverTheServicesFault(
        Map.of("amount", amount, "reason", "broken"),
        body -> payment.member(92, "ADMIN").post(refunds, body, "Idempotency-Key", "k"));
  }

  @Test
  void anOrderThatIsConfirmedIsPaid() {
    Order order = authorised(card("tok_ok"));
    payment.say(order, ORDER_STATUS_CONFIRMED);
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_CAPTURED);
    JsonNode shown = payment.member(7).get("/api/v1/payments?orderId=" + order.getOrderId()).body();
    assertThat(shown.path("items")).hasSize(1);
    assertThat(shown.path("items").get(0).path("status").asText()).isEqualTo("CAPTURED");
    assertThat(shown.path("items").get(0).path("amount").path("amount").asLong()).isEqualTo(12_900);
    assertThat(shown.toString()).doesNotContain("tok_");
  }

  @ParameterizedTest
  @CsvSource({
    "tok_declined, PAYMENT_DECLINED",
    "tok_insufficient_funds, INSUFFICIENT_FUNDS",
    "tok_nobody_knows, PAYMENT_DECLINED"
  })
  void aCardThatIsRefusedRejectsTheOrder(String token, String reason) {
    Order order = card(token);
    payment.say(order, ORDER_STATUS_PLACED);
    payment.expect(order, PAYMENT_OUTCOME_REJECTED);
    assertThat(payment.replies(order).getFirst().getReason()).isEqualTo(reason);
    payment.say(order, ORDER_STATUS_REJECTED);
    payment.expect(order, PAYMENT_OUTCOME_REJECTED, PAYMENT_OUTCOME_VOIDED);
    assertThat(status(order)).isEqualTo("REJECTED");
  }

  @Test
  void anAnswerThatWasLostIsFoundByAskingAgainAndChargedOnce() {
    Order order = authorised(card("tok_timeout_then_charged"));
    assertThat(
            payment.number(
                "SELECT COUNT(*) FROM simulator_calls c JOIN payments p ON c.idempotency_key ="
                    + " CONCAT(p.payment_id, ':AUTHORIZING') WHERE p.order_id = '"
                    + order.getOrderId()
                    + "'"))
        .isEqualTo(1);
  }

  @Test
  void aSlowCardDelaysNobodyElse() {
    List<Order> slow = Stream.generate(() -> card("tok_slow_8s")).limit(40).toList();
    slow.forEach(order -> payment.say(order, ORDER_STATUS_PLACED));
    authorised(card("tok_ok"));
    assertThat(slow).allSatisfy(order -> assertThat(payment.replies(order)).isEmpty());
    slow.forEach(order -> payment.say(order, ORDER_STATUS_CANCELLED));
    slow.forEach(order -> payment.expect(order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_VOIDED));
    // Longer than the lease, which is renewed meanwhile: nobody asked a second time.
    assertThat(slow).allSatisfy(order -> assertThat(attempts(order)).isEqualTo(1));
  }

  @Test
  void anErrorThatNeverEndsIsVoidedWhenTheOrderIsOver() {
    Order order = card("tok_error_500");
    payment.say(order, ORDER_STATUS_PLACED);
    await().atMost(SOON).until(() -> attempts(order) >= 2);
    assertThat(payment.replies(order)).isEmpty();
    payment.say(order, ORDER_STATUS_CANCELLED);
    payment.expect(order, PAYMENT_OUTCOME_EXPIRED, PAYMENT_OUTCOME_VOIDED);
    assertThat(status(order)).isEqualTo("VOIDED");
  }

  @Test
  void anOrderThatComesAfterItsDeadlineIsAnsweredWithoutTouchingMoney() {
    Order late =
        RunningPayment.order(
            7, PaymentMethod.PAYMENT_METHOD_CARD, "tok_ok", Instant.now().minusSeconds(3));
    payment.say(late, ORDER_STATUS_PLACED);
    payment.expect(late, PAYMENT_OUTCOME_EXPIRED);
    payment.say(late, ORDER_STATUS_CANCELLED);
    payment.expect(late, PAYMENT_OUTCOME_EXPIRED, PAYMENT_OUTCOME_VOIDED);
  }

  @Test
  void aVoidThatComesFirstLeavesNothingForTheAuthorisation() {
    Order order = card("tok_ok");
    payment.say(order, ORDER_STATUS_CANCELLED);
    payment.expect(order, PAYMENT_OUTCOME_VOIDED);
    payment.say(order, ORDER_STATUS_PLACED);
    payment.expect(order, PAYMENT_OUTCOME_VOIDED, PAYMENT_OUTCOME_EXPIRED);
  }

  @Test
  void aCancelledOrderThatWasPaidIsPaidBackOnce() {
    Order order = authorised(card("tok_ok"));
    payment.say(order, ORDER_STATUS_CONFIRMED);
    payment.say(order, ORDER_STATUS_CANCELLED);
    payment.expect(
        order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_CAPTURED, PAYMENT_OUTCOME_REFUNDED);
    payment.say(order, ORDER_STATUS_RETURNED);
    payment.expect(
        order,
        PAYMENT_OUTCOME_ACCEPTED,
        PAYMENT_OUTCOME_CAPTURED,
        PAYMENT_OUTCOME_REFUNDED,
        PAYMENT_OUTCOME_REFUNDED);
    assertThat(entries(order, "REFUND")).isEqualTo(1);
  }

  @Test
  void aRepeatedRecordIsAnsweredAgainAndDoneOnce() {
    Order order = authorised(card("tok_ok"));
    payment.say(order, ORDER_STATUS_PLACED);
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_ACCEPTED);
    payment.say(order, ORDER_STATUS_CONFIRMED);
    payment.say(order, ORDER_STATUS_CONFIRMED);
    payment.expectAmongOthers(order, PAYMENT_OUTCOME_CAPTURED);
    assertThat(entries(order, "CAPTURE")).isEqualTo(1);
  }

  @Test
  void aCaptureThatFailsForGoodIsToldAndTheHoldGivenUp() {
    Order order = authorised(card("tok_capture_fails"));
    payment.say(order, ORDER_STATUS_CONFIRMED);
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_CAPTURE_FAILED);
    assertThat(payment.replies(order).getLast().getReason()).isEqualTo("AUTHORIZATION_EXPIRED");
    payment.say(order, ORDER_STATUS_CANCELLED);
    payment.expect(
        order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_CAPTURE_FAILED, PAYMENT_OUTCOME_VOIDED);
    assertThat(entries(order, "CAPTURE")).isZero();
    assertThat(status(order)).isEqualTo("VOIDED");
  }

  @Test
  void aWalletPaysWhatItHolds() {
    long member = ++lastMember;
    assertThat(deposit(member, 20_000, "tok_ok", "d1").status()).isEqualTo(201);
    Order paid = authorised(wallet(member));
    Order tooMuch = wallet(member);
    payment.say(tooMuch, ORDER_STATUS_PLACED);
    payment.expect(tooMuch, PAYMENT_OUTCOME_REJECTED);
    assertThat(payment.replies(tooMuch).getFirst().getReason()).isEqualTo("INSUFFICIENT_FUNDS");
    payment.say(paid, ORDER_STATUS_CONFIRMED);
    payment.expect(paid, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_CAPTURED);
    JsonNode wallet = payment.member(member).get("/api/v1/wallet").body();
    assertThat(wallet.path("balance").path("amount").asLong()).isEqualTo(7_100);
    assertThat(wallet.path("entries").findValuesAsText("kind")).containsExactly("HOLD", "DEPOSIT");
    assertThat(wallet.path("entries").get(0).path("amount").path("amount").asLong())
        .isEqualTo(-12_900);
    assertThat(wallet.path("entries").get(0).path("orderId").asText()).isEqualTo(paid.getOrderId());
  }

  @Test
  void aWalletGetsItsMoneyBackFromACancelledOrder() {
    long member = ++lastMember;
    deposit(member, 12_900, "tok_ok", "d1");
    Order order = wallet(member);
    payment.say(order, ORDER_STATUS_PLACED);
    payment.say(order, ORDER_STATUS_CANCELLED);
    payment.expectAmongOthers(order, PAYMENT_OUTCOME_VOIDED);
    assertThat(balance(member)).isEqualTo(12_900);
  }

  @Test
  void ofManyOrdersAtOnceTheWalletPaysAsManyAsItCan() {
    long member = ++lastMember;
    deposit(member, 3 * 12_900 + 5, "tok_ok", "d1");
    List<Order> orders = Stream.generate(() -> wallet(member)).limit(10).toList();
    orders.forEach(order -> payment.say(order, ORDER_STATUS_PLACED));
    await()
        .atMost(SOON)
        .until(() -> orders.stream().noneMatch(order -> payment.replies(order).isEmpty()));
    assertThat(orders.stream().map(order -> payment.replies(order).getFirst().getOutcome()))
        .filteredOn(PaymentOutcome.PAYMENT_OUTCOME_ACCEPTED::equals)
        .hasSize(3);
    assertThat(balance(member)).isEqualTo(5);
  }

  @Test
  void aDepositIsMadeOncePerKeyHoweverOftenItIsAskedFor() throws Exception {
    long member = ++lastMember;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Rest.Answer> attempt = () -> deposit(member, 5_000, "tok_ok", "same");
      List<Future<Rest.Answer>> answers =
          threads.invokeAll(java.util.Collections.nCopies(10, attempt));
      for (Future<Rest.Answer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(201);
        assertThat(answer.get().body()).isEqualTo(answers.getFirst().get().body());
      }
    }
    assertThat(balance(member)).isEqualTo(5_000);
    assertThat(deposit(member, 6_000, "tok_ok", "same").status()).isEqualTo(422);
    assertThat(deposit(member, 6_000, "tok_timeout_then_charged", "other").status()).isEqualTo(201);
    assertThat(balance(member)).isEqualTo(11_000);
  }

  @Test
  void depositsAreRefusedAsProblems() {
    long member = ++lastMember;
    Map<String, Object> good =
        Map.of("amount", Map.of("amount", 1, "currency", "KRW"), "token", "tok_ok");
    assertThat(payment.anyone().post(DEPOSITS, good, "Idempotency-Key", "k").status())
        .isEqualTo(401);
    assertThat(payment.member(member).post(DEPOSITS, good).status()).isEqualTo(400);
    assertThat(deposit(member, 0, "tok_ok", "k0").status()).isEqualTo(422);
    Rest.Answer declined = deposit(member, 10, "tok_declined", "k1");
    assertThat(declined.status()).isEqualTo(422);
    assertThat(declined.body().path("errors").get(0).path("field").asText()).isEqualTo("token");
    assertThat(balance(member)).isZero();
  }

  @Test
  void anotherMembersPaymentIsSeenByAdminsOnly() {
    Order order = authorised(card("tok_ok"));
    String path = "/api/v1/payments?orderId=" + order.getOrderId();
    assertThat(payment.member(8).get(path).body().path("items")).isEmpty();
    assertThat(payment.member(9, "ADMIN").get(path).body().path("items")).hasSize(1);
    assertThat(payment.anyone().get(path).status()).isEqualTo(401);
    assertThat(payment.member(7).get("/api/v1/payments?orderId=x").status()).isEqualTo(422);
  }

  @Test
  void whatWasOpenIsCarriedOutAfterARestart() {
    Order order = card("tok_slow_8s");
    payment.say(order, ORDER_STATUS_PLACED);
    await()
        .atMost(SOON)
        .until(
            () ->
                payment.number(
                        "SELECT COUNT(*) FROM payments WHERE order_id = '"
                            + order.getOrderId()
                            + "'")
                    == 1);
    payment.restart();
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED);
  }

  @Test
  void aCallThatMayHaveBeenMadeBeforeACrashIsNotForgottenWhenTheOrderIsLate() {
    Order order = card("tok_timeout_then_charged");
    payment.say(order, ORDER_STATUS_PLACED);
    await().atMost(SOON).until(() -> attempts(order) > 0);
    // Late, but not for so long that the hold is announced again.
    payment.change(
        "UPDATE payments SET deadline = NOW() - INTERVAL 5 SECOND WHERE order_id = '"
            + order.getOrderId()
            + "'");
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED);
    payment.say(order, ORDER_STATUS_CANCELLED);
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_VOIDED);
  }

  private static Order wallet(long member) {
    return RunningPayment.order(member, PaymentMethod.PAYMENT_METHOD_WALLET, "");
  }

  private static Order authorised(Order order) {
    payment.say(order, ORDER_STATUS_PLACED);
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED);
    return order;
  }

  /** How often the provider was asked. */
  private static long attempts(Order order) {
    return payment.number(
        """
        SELECT COALESCE(MAX(attempts), 0) FROM intents i JOIN payments p USING (payment_id)
        WHERE p.order_id = '%s'
        """
            .formatted(order.getOrderId()));
  }

  /** The order's entries of this kind in the ledger. */
  private static long entries(Order order, String kind) {
    return payment.number(
        "SELECT COUNT(*) FROM journal_entries WHERE kind = '%s' AND order_id = '%s'"
            .formatted(kind, order.getOrderId()));
  }

  private static Rest.Answer deposit(long member, long amount, String token, String key) {
    return payment
        .member(member)
        .post(
            DEPOSITS,
            Map.of("amount", Map.of("amount", amount, "currency", "KRW"), "token", token),
            "Idempotency-Key",
            key);
  }

  private static long balance(long member) {
    return payment
        .member(member)
        .get("/api/v1/wallet")
        .body()
        .path("balance")
        .path("amount")
        .asLong();
  }

  private static String status(Order order) {
    return payment
        .member(7)
        .get("/api/v1/payments?orderId=" + order.getOrderId())
        .body()
        .path("items")
        .path(0)
        .path("status")
        .asText();
  }
}
