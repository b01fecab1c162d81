package jangteo.search.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A product with all that is sold of it.
 *
 * @param listings the best offer first, as {@link Listing#BEST_FIRST} orders them
 */
public record Product(
    long id,
    long version,
    String name,
    String description,
    String category,
    String brand,
    Map<String, String> attributes,
    List<String> images,
    List<Listing> listings,
    Rating rating,
    boolean inStock,
    Instant createdAt,
    Instant updatedAt) {

  /** The offer whose price the product is shown with: the best one on sale. */
  public Optional<Listing> bestOffer() {
    return listings.stream().findFirst().filter(best -> best.status() == Listing.Status.ON_SALE);
  }
}
