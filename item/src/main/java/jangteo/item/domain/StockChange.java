package jangteo.item.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One change of what a listing has on hand, for its history.
 *
 * @param sequence the listing's after the change
 * @param nth tells the changes of one sequence apart, in their order
 * @param delta pieces that came, or went when negative; never 0
 * @param onHand pieces on hand after it
 * @param reason the seller's own words
 * @param orderId the order that bought or brought back
 */
public record StockChange(
    long listingId,
    long sequence,
    int nth,
    Kind kind,
    long delta,
    long onHand,
    Optional<String> reason,
    Optional<UUID> orderId,
    Instant at) {

  /** What changed it. */
  public enum Kind {
    /** The listing is new; or its history begins here. */
    OPENED,
    /** The seller said how many there are. */
    COUNTED,
    /** The seller said how many came or went. */
    ADJUSTED,
    /** An order was confirmed. */
    SOLD,
    /** What an order had bought came back. */
    RETURNED
  }

  /** What a new listing begins with; nothing when that is nothing. */
  public static Optional<StockChange> opening(Listing listing) {
    return bySeller(Kind.OPENED, 0, listing, Optional.empty());
  }

  /** What the seller's change of a listing did to the stock; nothing when that is nothing. */
  public static Optional<StockChange> bySeller(
      Kind kind, Listing before, Listing after, Optional<String> reason) {
    return bySeller(kind, before.stock().onHand(), after, reason);
  }

  private static Optional<StockChange> bySeller(
      Kind kind, long before, Listing after, Optional<String> reason) {
    long delta = after.stock().onHand() - before;
    return delta == 0
        ? Optional.empty()
        : Optional.of(
            new StockChange(
                after.id(),
                after.sequence(),
                0,
                kind,
                delta,
                after.stock().onHand(),
                reason,
                Optional.empty(),
                after.updatedAt()));
  }
}
