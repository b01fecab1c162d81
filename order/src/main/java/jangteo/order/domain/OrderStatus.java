package jangteo.order.domain;

/** The status of an order (design, section 4). */
public enum OrderStatus {
  /** Recorded; stock and payment have not both answered. */
  PLACED,
  /** Stock is reserved and payment authorised; some lines may be on their way. */
  CONFIRMED,
  /** Stock or payment said no. */
  REJECTED,
  /** The deadline, the buyer or a failed capture ended it. */
  CANCELLED,
  /** Every line is on its way. */
  SHIPPED,
  /** Every line has arrived. */
  DELIVERED,
  /** Everything went back. */
  RETURNED
}
