package jangteo.item.domain;

/** What an order asks of the stock; each at most once. */
public enum Step {
  /** The order was placed: hold all its lines, or none. */
  RESERVE,
  /** The order is confirmed: what is held is sold. */
  COMMIT,
  /** The order ended without a sale, or came back: what is held or sold is on hand again. */
  RELEASE
}
