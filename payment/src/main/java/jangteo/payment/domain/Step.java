package jangteo.payment.domain;

/** What is to be done with a payment; each at most once (design, section 7). */
public enum Step {
  /** Holds the order's total. */
  AUTHORIZING,
  /** Takes what was held. */
  CAPTURING,
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
