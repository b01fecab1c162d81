package jangteo.payment;

import static jangteo.order.v1.OrderStatus.ORDER_STATUS_CANCELLED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_CONFIRMED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_PLACED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_RETURNED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_ACCEPTED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_CAPTURED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_REFUNDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.order.v1.Order;
import jangteo.order.v1.PaymentMethod;
import jangteo.payment.domain.PaymentIds;
import jangteo.payment.v1.PaymentReply;
import jangteo.testkit.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Refunds by hand, through the API. */
class RefundsTest {

  private static final long ADMIN = 1;
  private static final long BUYER = 7;
  private static RunningPayment payment;

  @BeforeAll
  static void start() {
    payment = RunningPayment.start();
  }

  @AfterAll
  static void stop() {
    payment.close();
  }

  @AfterEach
  void theLedgerSumsToZero() {
    assertThat(payment.number("SELECT COALESCE(SUM(amount), 0) FROM journal_lines")).isZero();
  }

  @Test
  void aPartGoesBackAndTheSagaHearsOfIt() {
    Order order = paid(PaymentMethod.PAYMENT_METHOD_CARD, BUYER);
    Rest.Answer answer = refund(order, 4_000, "k1");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("amount").path("amount").asLong()).isEqualTo(4_000);
    assertThat(answer.body().path("orderId").asText()).isEqualTo(order.getOrderId());
    assertThat(answer.body().path("reason").asText()).isEqualTo("it came late");
    payment.expect(
        order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_CAPTURED, PAYMENT_OUTCOME_REFUNDED);
    assertThat(amounts(order)).containsExactly(12_900L, 12_900L, 4_000L);
    assertThat(shown(order).path("status").asText()).isEqualTo("CAPTURED");
    assertThat(shown(order).path("refunded").path("amount").asLong()).isEqualTo(4_000);
  }

  @Test
  void theEndOfTheOrderGivesBackTheRestOnly() {
    Order order = paid(PaymentMethod.PAYMENT_METHOD_CARD, BUYER);
    refund(order, 4_000, "k1");
    payment.say(order, ORDER_STATUS_CANCELLED);
    payment.expect(
        order,
        PAYMENT_OUTCOME_ACCEPTED,
        PAYMENT_OUTCOME_CAPTURED,
        PAYMENT_OUTCOME_REFUNDED,
        PAYMENT_OUTCOME_REFUNDED);
    assertThat(amounts(order)).endsWith(4_000L, 8_900L);
    List<PaymentReply> replies = payment.replies(order);
    assertThat(replies.get(2).getRefundId()).isNotEmpty();
    assertThat(replies.get(3).getRefundId()).isEmpty();
    assertThat(refundedInTheLedger(order)).isEqualTo(12_900);
    assertThat(shown(order).path("status").asText()).isEqualTo("REFUNDED");
    Rest.Answer late = refund(order, 1, "k2");
    assertThat(late.status()).isEqualTo(422);
    assertThat(late.body().path("errors").get(0).path("field").asText()).isEqualTo("amount");
  }

  @Test
  void aWalletGetsItsMoneyBackPartByPart() {
    long member = 2001;
    assertThat(
            payment
                .member(member)
                .post(
                    "/api/v1/wallet/deposits",
                    Map.of("amount", money(12_900), "token", "tok_ok"),
                    "Idempotency-Key",
                    "d")
                .status())
        .isEqualTo(201);
    Order order = paid(PaymentMethod.PAYMENT_METHOD_WALLET, member);
    assertThat(refund(order, 900, "k1").status()).isEqualTo(201);
    assertThat(balance(member)).isEqualTo(900);
    assertThat(refund(order, 12_000, "k2").status()).isEqualTo(201);
    assertThat(balance(member)).isEqualTo(12_900);
    assertThat(shown(order).path("status").asText()).isEqualTo("REFUNDED");
    payment.say(order, ORDER_STATUS_RETURNED);
    payment.expect(
        order,
        PAYMENT_OUTCOME_ACCEPTED,
        PAYMENT_OUTCOME_CAPTURED,
        PAYMENT_OUTCOME_REFUNDED,
        PAYMENT_OUTCOME_REFUNDED,
        PAYMENT_OUTCOME_REFUNDED);
    assertThat(balance(member)).isEqualTo(12_900);
  }

  @Test
  void adminsAtOnceDoNotGiveBackMoreThanWasTaken() throws Exception {
    Order order = paid(PaymentMethod.PAYMENT_METHOD_CARD, BUYER);
    List<Callable<Rest.Answer>> attempts = new ArrayList<>();
    for (int admin = 1; admin <= 8; admin++) {
      long id = admin;
      attempts.add(() -> refund(id, order, money(5_000), "k"));
    }
    assertThat(statuses(attempts)).containsOnly(201, 422).filteredOn(s -> s == 201).hasSize(2);
    assertThat(refundedInTheLedger(order)).isEqualTo(10_000);
    assertThat(
            payment.number(
                "SELECT COUNT(*) FROM simulator_calls WHERE operation = 'Refund' AND"
                    + " idempotency_key LIKE '"
                    + paymentId(order)
                    + ":%'"))
        .isEqualTo(2);
  }

  @Test
  void theSameRequestIsTheSameRefund() throws Exception {
    Order order = paid(PaymentMethod.PAYMENT_METHOD_CARD, BUYER);
    Callable<Rest.Answer> same = () -> refund(order, 5_000, "same");
    assertThat(statuses(java.util.Collections.nCopies(10, same))).containsOnly(201);
    assertThat(refundedInTheLedger(order)).isEqualTo(5_000);
    assertThat(refund(order, 5_000, "same").body()).isEqualTo(refund(order, 5_000, "same").body());
    Rest.Answer other = refund(order, 5_001, "same");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body().path("type").asText()).endsWith("idempotency-key-reused");
  }

  @Test
  void aRefundAgainstACancelGivesBackWhatWasTakenAndNoMore() throws Exception {
    for (int round = 0; round < 10; round++) {
      Order order = paid(PaymentMethod.PAYMENT_METHOD_CARD, BUYER);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<Rest.Answer> byHand = threads.submit(() -> refund(order, 12_900, "k"));
        payment.say(order, ORDER_STATUS_CANCELLED);
        assertThat(byHand.get().status()).isIn(201, 422);
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> shown(order).path("status").asText().equals("REFUNDED"));
      assertThat(refundedInTheLedger(order)).isEqualTo(12_900);
    }
  }

  @Test
  void whatCannotBeRefundedIsAProblem() {
    Order held = RunningPayment.card("tok_ok");
    payment.say(held, ORDER_STATUS_PLACED);
    payment.expect(held, PAYMENT_OUTCOME_ACCEPTED);
    assertThat(refund(held, 1, "k").status()).isEqualTo(409);
    Order order = paid(PaymentMethod.PAYMENT_METHOD_CARD, BUYER);
    Rest.Answer tooMuch = refund(order, 12_901, "k");
    assertThat(tooMuch.status()).isEqualTo(422);
    assertThat(tooMuch.body().path("errors").get(0).path("field").asText()).isEqualTo("amount");
    assertThat(refund(order, 0, "k").status()).isEqualTo(422);
    assertThat(refund(ADMIN, order, Map.of("amount", 1, "currency", "USD"), "k").status())
        .isEqualTo(422);
    String path = "/api/v1/payments/" + paymentId(order) + "/refunds";
    Map<String, Object> good = Map.of("amount", money(1), "reason", "so");
    Rest admin = payment.member(ADMIN, "ADMIN");
    assertThat(admin.post(path, good).status()).isEqualTo(400);
    assertThat(admin.post(path, Map.of("amount", money(1)), "Idempotency-Key", "k").status())
        .isEqualTo(422);
    assertThat(payment.member(BUYER).post(path, good, "Idempotency-Key", "k").status())
        .isEqualTo(403);
    assertThat(payment.anyone().post(path, good, "Idempotency-Key", "k").status()).isEqualTo(401);
    assertThat(
            admin
                .post(
                    "/api/v1/payments/" + UUID.randomUUID() + "/refunds",
                    good,
                    "Idempotency-Key",
                    "k")
                .status())
        .isEqualTo(404);
    assertThat(refundedInTheLedger(order)).isZero();
  }

  private static Order paid(PaymentMethod method, long buyer) {
    String token = method == PaymentMethod.PAYMENT_METHOD_CARD ? "tok_ok" : "";
    Order order = RunningPayment.order(buyer, method, token);
    payment.say(order, ORDER_STATUS_PLACED);
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED);
    payment.say(order, ORDER_STATUS_CONFIRMED);
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_CAPTURED);
    return order;
  }

  private static Rest.Answer refund(Order order, long amount, String key) {
    return refund(ADMIN, order, money(amount), key);
  }

  private static Rest.Answer refund(
      long admin, Order order, Map<String, Object> amount, String key) {
    return payment
        .member(admin, "ADMIN")
        .post(
            "/api/v1/payments/" + paymentId(order) + "/refunds",
            Map.of("amount", amount, "reason", "it came late"),
            "Idempotency-Key",
            key);
  }

  private static List<Integer> statuses(List<Callable<Rest.Answer>> attempts) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Rest.Answer> answer : threads.invokeAll(attempts)) {
        statuses.add(answer.get().status());
      }
    }
    return statuses;
  }

  private static Map<String, Object> money(long amount) {
    return Map.of("amount", amount, "currency", "KRW");
  }

  private static UUID paymentId(Order order) {
    return PaymentIds.ofOrder(UUID.fromString(order.getOrderId()));
  }

  private static List<Long> amounts(Order order) {
    return payment.replies(order).stream()
        .map(PaymentReply::getAmount)
        .map(jangteo.type.v1.Money::getAmount)
        .toList();
  }

  private static long refundedInTheLedger(Order order) {
    return payment.number(
        "SELECT COALESCE(SUM(l.amount), 0) FROM journal_lines l JOIN journal_entries e"
            + " USING (entry_id) WHERE l.account = 'sales' AND e.kind = 'REFUND'"
            + " AND e.order_id = '"
            + order.getOrderId()
            + "'");
  }

  private static long balance(long member) {
    JsonNode wallet = payment.member(member).get("/api/v1/wallet").body();
    return wallet.path("balance").path("amount").asLong();
  }

  private static JsonNode shown(Order order) {
    return payment
        .member(ADMIN, "ADMIN")
        .get("/api/v1/payments?orderId=" + order.getOrderId())
        .body()
        .path("items")
        .path(0);
  }
}
