package jangteo.order.audit;

/**
 * Something that contradicts an invariant, at one look.
 *
 * @param subject what has to be read again to see whether it is still so
 * @param id what a client is told: the order's, the listing's or the account's
 * @param found what is wrong, in figures that stay the same while the fault stands and nothing
 *     else; a look at a moving order finds another thing each time
 */
public record Finding(Subject subject, Invariant invariant, String id, String found) {

  /** A part of the facts that is read as one. */
  public sealed interface Subject {}

  /** All that is known of an order. */
  public record OfOrder(String orderId) implements Subject {}

  /** All listings of a product. */
  public record OfProduct(long productId) implements Subject {}

  /** The whole ledger. */
  public record OfLedger() implements Subject {}
}
