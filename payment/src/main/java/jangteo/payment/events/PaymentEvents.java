package jangteo.payment.events;

import io.opentelemetry.api.trace.SpanKind;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.ProtoTime;
import jangteo.chassis.telemetry.Traces;
import jangteo.payment.domain.Intent;
import jangteo.payment.domain.Outcome;
import jangteo.payment.domain.Payment;
import jangteo.payment.v1.PaymentOutcome;
import jangteo.payment.v1.PaymentReply;
import jangteo.type.v1.Money;
import java.time.Instant;
import java.util.UUID;

/** The events of the topic {@code payments} (design, section 6). */
public final class PaymentEvents {

  private PaymentEvents() {}

  /** The answer of a step that is done, now or before, in the order's own trace. */
  public static Event answer(Payment payment, Intent done, Instant now) {
    Event reply = reply(payment, done, now);
    return Traces.inSpan(
        "payment " + done.step(),
        SpanKind.PRODUCER,
        done.traceparent(),
        () ->
            Traces.traceparent()
                .map(trace -> reply.withHeader(Traces.TRACEPARENT, trace))
                .orElse(reply));
  }

  private static Event reply(Payment payment, Intent done, Instant now) {
    UUID orderId = payment.orderId().orElseThrow();
    PaymentReply reply =
        PaymentReply.newBuilder()
            .setOrderId(orderId.toString())
            .setPaymentId(payment.paymentId().toString())
            .setOutcome(outcome(done.outcome().orElseThrow()))
            .setReason(done.reason())
            .setRefundId(done.task().refundId().map(UUID::toString).orElse(""))
            .setAmount(
                Money.newBuilder()
                    .setAmount(done.task().amount().amount())
                    .setCurrency(done.task().amount().currency()))
            .setAt(ProtoTime.of(now))
            .build();
    return Event.of("payments", orderId.toString(), reply);
  }

  private static PaymentOutcome outcome(Outcome outcome) {
    return switch (outcome) {
      case ACCEPTED -> PaymentOutcome.PAYMENT_OUTCOME_ACCEPTED;
      case REJECTED -> PaymentOutcome.PAYMENT_OUTCOME_REJECTED;
      case EXPIRED -> PaymentOutcome.PAYMENT_OUTCOME_EXPIRED;
      case CAPTURED -> PaymentOutcome.PAYMENT_OUTCOME_CAPTURED;
      case CAPTURE_FAILED -> PaymentOutcome.PAYMENT_OUTCOME_CAPTURE_FAILED;
      case VOIDED -> PaymentOutcome.PAYMENT_OUTCOME_VOIDED;
      case REFUNDED -> PaymentOutcome.PAYMENT_OUTCOME_REFUNDED;
    };
  }
}
