package jangteo.payment.domain;

/** What a step came to, as the saga hears it. */
public enum Outcome {
  /** Authorised, or deposited. */
  ACCEPTED,
  /** Refused for good. */
  REJECTED,
  /** The order came after its deadline, or was over already; no money was touched. */
  EXPIRED,
  /** Taken. */
  CAPTURED,
  /** Cannot be taken, for good. */
  CAPTURE_FAILED,
  /** Nothing is held any more. */
  VOIDED,
  /** What was taken is given back. */
  REFUNDED
}
