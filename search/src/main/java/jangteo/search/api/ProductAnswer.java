package jangteo.search.api;

import jangteo.chassis.web.Money;
import jangteo.search.domain.Highlights;
import jangteo.search.domain.Listing;
import jangteo.search.domain.Product;
import jangteo.search.domain.Rating;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A product in JSON (design, section 4, "Shapes"). */
record ProductAnswer(
    String productId,
    String name,
    String description,
    String category,
    String brand,
    Map<String, String> attributes,
    List<String> images,
    long version,
    List<ListingAnswer> listings,
    Optional<Money> minPrice,
    boolean inStock,
    RatingAnswer rating,
    Instant createdAt,
    Instant updatedAt,
    Optional<Highlights> highlights) {

  record ListingAnswer(
      String listingId,
      String sellerId,
      String sellerName,
      Money price,
      long quantity,
      Listing.Status status,
      long version) {

    static ListingAnswer of(Listing listing) {
      return new ListingAnswer(
          Long.toString(listing.id()),
          Long.toString(listing.sellerId()),
          listing.sellerName(),
          new Money(listing.price(), listing.currency()),
          listing.available(),
          listing.status(),
          listing.version());
    }
  }

  record RatingAnswer(double average, long count, Map<String, Long> stars) {

    static RatingAnswer of(Rating rating) {
      Map<String, Long> stars = new LinkedHashMap<>();
      for (int i = 0; i < rating.stars().size(); i++) {
        stars.put(Integer.toString(i + 1), rating.stars().get(i));
      }
      return new RatingAnswer(rating.average(), rating.count(), stars);
    }
  }

  static ProductAnswer of(Product product) {
    return of(product, Optional.empty());
  }

  /**
   * One of the products that a search found.
   *
   * @param highlights where its words stand; empty when it had none
   */
  static ProductAnswer of(Product product, Optional<Highlights> highlights) {
    return new ProductAnswer(
        Long.toString(product.id()),
        product.name(),
        product.description(),
        product.category(),
        product.brand(),
        product.attributes(),
        product.images(),
        product.version(),
        product.listings().stream().map(ListingAnswer::of).toList(),
        product.bestOffer().map(listing -> new Money(listing.price(), listing.currency())),
        product.inStock(),
        RatingAnswer.of(product.rating()),
        product.createdAt(),
        product.updatedAt(),
        highlights);
  }
}
