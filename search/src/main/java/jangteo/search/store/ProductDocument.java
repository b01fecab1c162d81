package jangteo.search.store;

import jangteo.search.domain.Listing;
import jangteo.search.domain.Product;
import jangteo.search.domain.Rating;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;

/** A document of collection {@code products} as a product. */
final class ProductDocument {

  /** What a product is made of; terms and sort keys stay in the database. */
  static final Document FIELDS =
      new Document("product.version", 1)
          .append("product.name", 1)
          .append("product.description", 1)
          .append("product.category", 1)
          .append("product.brand", 1)
          .append("product.attributes", 1)
          .append("product.images", 1)
          .append("product.createdAt", 1)
          .append("product.updatedAt", 1)
          .append("listings", 1)
          .append("sellers.id", 1)
          .append("sellers.name", 1)
          .append("sellers.erased", 1)
          .append("rating", 1)
          .append("inStock", 1);

  /** What an order needs to know. */
  static final Document OFFER_FIELDS =
      new Document("product.name", 1)
          .append("listings", 1)
          .append("sellers.id", 1)
          .append("sellers.erased", 1);

  private ProductDocument() {}

  static Product read(Document document) {
    Document product = document.get("product", Document.class);
    return new Product(
        document.getLong("_id"),
        product.getLong("version"),
        product.getString("name"),
        product.getString("description"),
        product.getString("category"),
        product.getString("brand"),
        attributes(product.getList("attributes", Document.class)),
        product.getList("images", String.class),
        listings(document),
        Optional.ofNullable(document.get("rating", Document.class))
            .map(ProductDocument::rating)
            .orElse(Rating.NONE),
        document.getBoolean("inStock", false),
        instant(product, "createdAt"),
        instant(product, "updatedAt"));
  }

  /** The listings, best first, without those of a seller who is no more. */
  static List<Listing> listings(Document document) {
    Map<Long, Document> sellers =
        document.getList("sellers", Document.class, List.of()).stream()
            .collect(Collectors.toMap(seller -> seller.getLong("id"), Function.identity()));
    Set<Long> erased =
        sellers.values().stream()
            .filter(seller -> seller.getBoolean("erased", false))
            .map(seller -> seller.getLong("id"))
            .collect(Collectors.toSet());
    return document.getList("listings", Document.class, List.of()).stream()
        .filter(listing -> !erased.contains(listing.getLong("sellerId")))
        .map(listing -> listing(listing, sellers))
        .sorted(Listing.BEST_FIRST)
        .toList();
  }

  private static Listing listing(Document listing, Map<Long, Document> sellers) {
    long sellerId = listing.getLong("sellerId");
    return new Listing(
        listing.getLong("id"),
        sellerId,
        sellers.getOrDefault(sellerId, new Document()).get("name", ""),
        listing.getLong("price"),
        listing.getString("currency"),
        listing.getLong("available"),
        Listing.Status.valueOf(listing.getString("status")),
        listing.getLong("snapshot"));
  }

  private static Rating rating(Document rating) {
    return new Rating(
        rating.getDouble("average"), rating.getLong("count"), rating.getList("stars", Long.class));
  }

  private static Map<String, String> attributes(List<Document> pairs) {
    Map<String, String> attributes = new LinkedHashMap<>();
    pairs.forEach(pair -> attributes.put(pair.getString("key"), pair.getString("value")));
    return attributes;
  }

  private static Instant instant(Document document, String field) {
    return document.getDate(field).toInstant();
  }
}
