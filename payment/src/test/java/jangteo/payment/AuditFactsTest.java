package jangteo.payment;

import static jangteo.order.v1.OrderStatus.ORDER_STATUS_CANCELLED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_CONFIRMED;
import static jangteo.order.v1.OrderStatus.ORDER_STATUS_PLACED;
import static jangteo.payment.RunningPayment.card;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_ACCEPTED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_CAPTURED;
import static jangteo.payment.v1.PaymentOutcome.PAYMENT_OUTCOME_REFUNDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import jangteo.audit.v1.AuditFactsServiceGrpc;
import jangteo.audit.v1.AuditFactsServiceGrpc.AuditFactsServiceBlockingStub;
import jangteo.audit.v1.GetLedgerRequest;
import jangteo.audit.v1.GetLedgerResponse;
import jangteo.audit.v1.ListPaymentsRequest;
import jangteo.audit.v1.OrderPayment;
import jangteo.order.v1.Order;
import jangteo.order.v1.PaymentMethod;
import jangteo.testkit.Rest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What payment exports for the audit (design, section 7). */
class AuditFactsTest {

  private static RunningPayment payment;
  private static ManagedChannel channel;
  private static AuditFactsServiceBlockingStub facts;

  @BeforeAll
  static void start() {
    payment = RunningPayment.start();
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", payment.grpcPort()).usePlaintext().build();
    facts = AuditFactsServiceGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    payment.close();
  }

  private static OrderPayment of(Order order) {
    var request = ListPaymentsRequest.newBuilder().addOrderIds(order.getOrderId()).build();
    return facts.listPayments(request).next().getPayments(0);
  }

  private static GetLedgerResponse ledger() {
    return facts.getLedger(GetLedgerRequest.getDefaultInstance());
  }

  @Test
  void aPaymentFromItsHoldToItsRefund() {
    Order order = card("tok_ok");
    payment.say(order, ORDER_STATUS_PLACED);
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED);
    assertThat(of(order).getAuthorized()).isEqualTo(12_900);
    assertThat(of(order).getCharged()).isZero();

    payment.say(order, ORDER_STATUS_CONFIRMED);
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED, PAYMENT_OUTCOME_CAPTURED);
    assertThat(of(order).getAuthorized()).isZero();
    assertThat(of(order).getCharged()).isEqualTo(12_900);
    assertThat(of(order).getCaptured()).isEqualTo(12_900);
    assertThat(of(order).getRefunded()).isZero();

    assertThat(refundByHand(order, 900).status()).isEqualTo(201);
    assertThat(of(order).getCharged()).isEqualTo(12_000);
    assertThat(of(order).getRefunded()).isEqualTo(900);
    assertThat(of(order).getRefundedByHand()).isEqualTo(900);

    payment.say(order, ORDER_STATUS_CANCELLED);
    payment.expect(
        order,
        PAYMENT_OUTCOME_ACCEPTED,
        PAYMENT_OUTCOME_CAPTURED,
        PAYMENT_OUTCOME_REFUNDED,
        PAYMENT_OUTCOME_REFUNDED);
    assertThat(of(order).getCharged()).isZero();
    assertThat(of(order).getCaptured()).isEqualTo(12_900);
    assertThat(of(order).getRefunded()).isEqualTo(12_900);
    assertThat(of(order).getRefundedByHand()).isEqualTo(900);
    assertThat(of(order).getOpenSteps()).isZero();
  }

  private static Rest.Answer refundByHand(Order order, long amount) {
    return payment
        .member(1, "ADMIN")
        .post(
            "/api/v1/payments/" + of(order).getPaymentId() + "/refunds",
            Map.of("amount", Map.of("amount", amount, "currency", "KRW"), "reason", "a scratch"),
            "Idempotency-Key",
            "k1");
  }

  @Test
  void whatIsUnderWayIsOpen() {
    Order order = card("tok_slow_8s");
    payment.say(order, ORDER_STATUS_PLACED);
    await()
        .until(
            () ->
                facts
                        .listPayments(
                            ListPaymentsRequest.newBuilder()
                                .addOrderIds(order.getOrderId())
                                .build())
                        .next()
                        .getPaymentsCount()
                    == 1);
    assertThat(of(order).getOpenSteps()).isEqualTo(1);
    assertThat(of(order).hasOpenSince()).isTrue();
  }

  @Test
  void theLedgerTellsWhereItIsOutOfBalance() {
    long member = 41;
    payment
        .member(member)
        .post(
            "/api/v1/wallet/deposits",
            Map.of("amount", Map.of("amount", 20_000, "currency", "KRW"), "token", "tok_ok"),
            "Idempotency-Key",
            "d1");
    Order order = RunningPayment.order(member, PaymentMethod.PAYMENT_METHOD_WALLET, "");
    payment.say(order, ORDER_STATUS_PLACED);
    payment.expect(order, PAYMENT_OUTCOME_ACCEPTED);
    assertThat(ledger().getUnbalancedList()).isEmpty();
    assertThat(ledger().getMismatchesList()).isEmpty();
    assertThat(ledger().getSumsList()).allSatisfy(s -> assertThat(s.getSum().getAmount()).isZero());

    payment.change(
        "UPDATE journal_lines SET amount = amount + 7 WHERE account = 'held:41' AND currency = 'KRW'");

    assertThat(ledger().getSums(0).getSum().getAmount()).isEqualTo(7);
    assertThat(ledger().getUnbalancedList())
        .singleElement()
        .satisfies(entry -> assertThat(entry.getOrderId()).isEqualTo(order.getOrderId()));
    assertThat(ledger().getMismatchesList())
        .singleElement()
        .satisfies(
            wallet -> {
              assertThat(wallet.getMemberId()).isEqualTo(member);
              assertThat(wallet.getHeld()).isEqualTo(12_900);
              assertThat(wallet.getHeldInLedger()).isEqualTo(12_893);
            });
    payment.change(
        "UPDATE journal_lines SET amount = amount - 7 WHERE account = 'held:41' AND currency = 'KRW'");
  }
}
