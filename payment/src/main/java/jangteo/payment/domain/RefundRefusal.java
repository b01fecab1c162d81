package jangteo.payment.domain;

/** Why a refund by hand is not made. */
public enum RefundRefusal {
  /** There is no such payment of an order. */
  UNKNOWN_PAYMENT,
  /** Nothing was taken that could be given back. */
  NOT_CAPTURED,
  /** It is more than was taken and is not given back, or promised back, already. */
  TOO_MUCH,
  /** The payment is in another currency. */
  OTHER_CURRENCY
}
