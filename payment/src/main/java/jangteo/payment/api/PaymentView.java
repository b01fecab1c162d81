package jangteo.payment.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.chassis.web.Money;
import jangteo.payment.domain.Method;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A payment as a client sees it; never its token. */
record PaymentView(
    String paymentId,
    @Nullable String orderId,
    Money amount,
    Money refunded,
    Method method,
    Status status,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String reason,
    Instant createdAt) {

  enum Status {
    AUTHORIZED,
    CAPTURED,
    VOIDED,
    REFUNDED,
    REJECTED
  }

  static PaymentView of(Payment payment) {
    return new PaymentView(
        payment.paymentId().toString(),
        payment.orderId().map(Object::toString).orElse(null),
        new Money(payment.amount().amount(), payment.amount().currency()),
        new Money(payment.refunded(), payment.amount().currency()),
        payment.method(),
        status(payment.state()),
        reason(payment.state()),
        payment.createdAt());
  }

  private static Status status(PaymentState state) {
    return switch (state) {
      case PaymentState.Authorized _, PaymentState.CaptureFailed _ -> Status.AUTHORIZED;
      case PaymentState.Captured _ -> Status.CAPTURED;
      case PaymentState.Refunded _ -> Status.REFUNDED;
      case PaymentState.Rejected _ -> Status.REJECTED;
      case PaymentState.Voided _,
          PaymentState.Expired _,
          PaymentState.Requested _,
          PaymentState.Unresolved _ ->
          Status.VOIDED;
    };
  }

  private static @Nullable String reason(PaymentState state) {
    return switch (state) {
      case PaymentState.Rejected(String reason) -> reason;
      case PaymentState.CaptureFailed(String _, String reason) -> reason;
      default -> null;
    };
  }
}
