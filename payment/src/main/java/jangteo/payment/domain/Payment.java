package jangteo.payment.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A payment at one time.
 *
 * @param paymentId its id
 * @param orderId what is paid; empty for a deposit
 * @param memberId who pays
 * @param method what with
 * @param amount the order's total, or what is deposited
 * @param token the provider's token of the card; empty for a wallet
 * @param deadline when the order is decided at the latest
 * @param createdAt when it was first heard of
 * @param state where it stands
 */
public record Payment(
    UUID paymentId,
    Optional<UUID> orderId,
    long memberId,
    Method method,
    Money amount,
    String token,
    Instant deadline,
    Instant createdAt,
    PaymentState state) {

  /** The same payment elsewhere. */
  public Payment in(PaymentState newState) {
    return new Payment(
        paymentId, orderId, memberId, method, amount, token, deadline, createdAt, newState);
  }

  /** The provider's idempotency key of a step: the same for every attempt. */
  public String key(Task task) {
    return key(task.step()) + task.refundId().map(id -> ":" + id).orElse("");
  }

  /** The same for a step that a payment has one of. */
  public String key(Step step) {
    return paymentId + ":" + step;
  }

  /** Whether money of the member waits for the order's decision. */
  public boolean held() {
    return state instanceof PaymentState.Authorized || state instanceof PaymentState.CaptureFailed;
  }

  /** What was given back of what was taken, in minor units. */
  public long refunded() {
    return switch (state) {
      case PaymentState.Captured captured -> captured.refunded();
      case PaymentState.Refunded _ -> amount.amount();
      default -> 0;
    };
  }

  /** Hides the token: what is printed ends in logs. */
  @Override
  public String toString() {
    return "Payment[" + paymentId + ", " + state + "]";
  }
}
