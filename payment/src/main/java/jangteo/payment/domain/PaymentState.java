package jangteo.payment.domain;

/** Where a payment stands. */
public sealed interface PaymentState {

  /** Nothing is known to have happened. */
  record Requested() implements PaymentState {}

  /**
   * Held.
   *
   * @param reference the provider's name for it; empty for a wallet
   */
  record Authorized(String reference) implements PaymentState {}

  /** Refused. */
  record Rejected(String reason) implements PaymentState {}

  /** The order came too late; nothing was asked of anybody. */
  record Expired() implements PaymentState {}

  /**
   * The order ended while the provider had not told whether the money is held: the void that
   * follows names the authorisation's idempotency key.
   */
  record Unresolved() implements PaymentState {}

  /** Held, but it cannot be taken. */
  record CaptureFailed(String reference, String reason) implements PaymentState {}

  /**
   * Taken.
   *
   * @param reference the provider's name for it; empty for a wallet
   * @param refunded what of it was given back by hand; less than all
   */
  record Captured(String reference, long refunded) implements PaymentState {}

  /** Given up before it was taken. */
  record Voided() implements PaymentState {}

  /** Given back after it was taken. */
  record Refunded(String reference) implements PaymentState {}
}
