package jangteo.payment.domain;

/** What a step does to the wallet of the member. */
public enum WalletMove {
  /** Sets the amount aside, if there is enough. */
  HOLD,
  /** Pays with what was set aside. */
  CAPTURE,
  /** Gives back what was set aside. */
  RELEASE,
  /** Gives back what was paid. */
  REFUND
}
