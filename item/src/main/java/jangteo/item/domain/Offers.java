package jangteo.item.domain;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which of a product's listings answers a buyer who does not care who sells: the cheapest on sale
 * with stock. When there is none, the cheapest on sale, and then any: the order is placed and
 * rejected with its reason, not refused.
 */
public final class Offers {

  private static final Comparator<Listing> BEST_FIRST =
      Comparator.comparing(Listing::buyable, Comparator.reverseOrder())
          .thenComparing(Listing::onSale, Comparator.reverseOrder())
          .thenComparingLong(listing -> listing.price().amount())
          .thenComparingLong(Listing::id);

  private Offers() {}

  public static Optional<Listing> best(Collection<Listing> listings) {
    return listings.stream().min(BEST_FIRST);
  }
}
