package jangteo.order.audit;

/** What holds always, under any fault (design, section 7, in its order). */
public enum Invariant {
  /** Each order is decided by its deadline + 500 ms, and the decision never changes. */
  ORDERS_END("orders-end"),
  /** What a listing has, holds and sold is what came in, and what its orders say. */
  STOCK_ADDS_UP("stock-adds-up"),
  /** Nobody pays for what is not delivered, or pays twice; the ledger sums to 0. */
  MONEY_ADDS_UP("money-adds-up"),
  /** MySQL, Kafka and MongoDB say the same; nothing stays held for an order that is over. */
  STORES_AGREE("stores-agree"),
  /** One idempotency key is one order, with one request, one payment and one reservation. */
  ONE_KEY_ONE_ORDER("one-key-one-order");

  private final String label;

  Invariant(String label) {
    this.label = label;
  }

  /** Its name for clients. */
  public String label() {
    return label;
  }
}
