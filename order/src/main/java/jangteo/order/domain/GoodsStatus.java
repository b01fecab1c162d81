package jangteo.order.domain;

/** Where the goods of an order are, as the saga has been told. */
public enum GoodsStatus {
  NONE(0),
  RESERVED(1),
  COMMITTED(2),
  REJECTED(3),
  RELEASED(3);

  private final int rank;

  GoodsStatus(int rank) {
    this.rank = rank;
  }

  /** The status after {@code told}: what is told late or twice takes nothing back. */
  public GoodsStatus after(GoodsStatus told) {
    return told.rank > rank ? told : this;
  }
}
