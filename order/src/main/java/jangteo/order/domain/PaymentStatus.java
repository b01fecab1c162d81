package jangteo.order.domain;

/** Where the money of an order is, as the saga has been told. */
public enum PaymentStatus {
  NONE(0),
  AUTHORIZED(1),
  CAPTURED(2),
  REJECTED(3),
  VOIDED(3),
  REFUNDED(3);

  private final int rank;

  PaymentStatus(int rank) {
    this.rank = rank;
  }

  /** The status after {@code told}: what is told late or twice takes nothing back. */
  public PaymentStatus after(PaymentStatus told) {
    return told.rank > rank ? told : this;
  }
}
