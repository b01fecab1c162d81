package jangteo.order.saga;

/** Why the saga did not carry out a command. */
public enum Refusal {
  /** The order was placed with the same idempotency key and another request. */
  IDEMPOTENCY_KEY_REUSED,
  /** There is no such order for this member or seller. */
  UNKNOWN_ORDER,
  /** It has ended, and not because the buyer cancelled it. */
  NOT_CANCELLABLE,
  /** A line has left already. */
  ALREADY_SHIPPED,
  /** The goods are not committed or the money is not captured yet. */
  NOT_SETTLED,
  /** It has ended. */
  NOT_SHIPPABLE,
  /** A line of the seller has not left yet. */
  NOT_SHIPPED,
  /** A line has not arrived yet. */
  NOT_DELIVERED
}
