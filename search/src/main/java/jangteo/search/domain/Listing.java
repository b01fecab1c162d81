package jangteo.search.domain;

import java.util.Comparator;

/**
 * What one seller asks for a product.
 *
 * @param sellerName empty while the name has not arrived
 * @param price in minor units of the currency
 * @param currency ISO 4217
 * @param available what can be bought now
 * @param version the version of an order's price snapshot
 */
public record Listing(
    long id,
    long sellerId,
    String sellerName,
    long price,
    String currency,
    long available,
    Status status,
    long version) {

  /**
   * The listing that a buyer without a wish for a seller gets: the cheapest on sale with stock;
   * else the cheapest on sale, and else any, so that an order is accepted and then rejected with
   * the reason, not refused as if there were no such product.
   */
  public static final Comparator<Listing> BEST_FIRST =
      Comparator.comparing((Listing listing) -> !listing.canBeBought())
          .thenComparing(listing -> listing.status() != Status.ON_SALE)
          .thenComparingLong(Listing::price)
          .thenComparingLong(Listing::id);

  /** What the seller says of it. */
  public enum Status {
    ON_SALE,
    PAUSED,
    ENDED
  }

  /** Whether an order of one would find stock. */
  public boolean canBeBought() {
    return status == Status.ON_SALE && available > 0;
  }
}
