package jangteo.payment.domain;

/**
 * What is to be done with a payment (design, section 7); each at most once, but for the refunds by
 * hand. The open ones of a payment are carried out in this order, whenever they were written.
 */
public enum Step {
  /** Holds the order's total. */
  AUTHORIZING,
  /** Takes what was held. */
  CAPTURING,
  /** An admin gives back a part of what was taken; the order goes on. */
  REFUNDING_PART,

  /** The order is over: gives back whatever was held or taken. */
  VOIDING,
  /** The goods came back: gives back what was taken. */
  REFUNDING,
  /** Takes money from a card into a wallet; no order has to do with it. */
  DEPOSITING;

  /** Whether the order has no more use for the money. */
  public boolean endsOrder() {
    return this == VOIDING || this == REFUNDING;
  }
}
