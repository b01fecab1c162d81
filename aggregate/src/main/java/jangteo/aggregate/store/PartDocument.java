package jangteo.aggregate.store;

import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Change.ListingWritten;
import jangteo.aggregate.domain.Change.ProductWritten;
import jangteo.aggregate.domain.Change.RatingCounted;
import jangteo.aggregate.domain.Change.SellerNamed;
import jangteo.chassis.text.TextAnalysis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;

/** A part of a product document as it stands in MongoDB: its state, or its grave. */
public final class PartDocument {

  /** Of a description only the beginning is indexed; the rest would only swell the index. */
  private static final int INDEXED_DESCRIPTION = 2_000;

  private final TextAnalysis text;
  private final RepeatedTexts repeated;

  /** With terms by this analysis. */
  public PartDocument(TextAnalysis text) {
    this.text = text;
    this.repeated = new RepeatedTexts(text);
  }

  /** The part after this change. */
  public Document of(Change change) {
    return switch (change) {
      case ProductWritten product -> product(product);
      case ListingWritten listing -> listing(listing);
      case RatingCounted rating -> rating(rating);
      case SellerNamed seller -> seller(seller);
      case Change.ProductErased grave ->
          new Document("version", grave.version()).append("erased", true);
      case Change.ListingErased grave -> grave(grave.listingId(), grave.version());
      case Change.SellerErased grave -> grave(grave.sellerId(), grave.version());
    };
  }

  private Document product(ProductWritten product) {
    String labels = product.brand() + " " + product.category();
    Set<String> nameTerms = new TreeSet<>(text.terms(product.name()));
    Set<String> terms = new TreeSet<>(nameTerms);
    terms.addAll(text.pairs(product.name()));
    terms.addAll(repeated.terms(labels));
    terms.addAll(repeated.pairs(product.brand()));
    terms.addAll(text.terms(beginning(product.description())));
    product.attributes().values().forEach(value -> terms.addAll(repeated.terms(value)));
    return new Document("version", product.version())
        .append("ownerId", product.ownerId())
        .append("name", product.name())
        .append("description", product.description())
        .append("category", product.category())
        .append("categories", categories(product.category()))
        .append("brand", product.brand())
        .append("attributes", attributes(product.attributes()))
        .append("images", product.images())
        .append("createdAt", date(product.createdAt()))
        .append("updatedAt", date(product.updatedAt()))
        .append("nameTerms", List.copyOf(nameTerms))
        .append("labelTerms", repeated.terms(labels))
        .append("terms", List.copyOf(terms))
        .append("beginnings", List.copyOf(new TreeSet<>(text.beginnings(product.name()))));
  }

  private static Document listing(ListingWritten listing) {
    return new Document("id", listing.listingId())
        .append("version", listing.version())
        .append("sellerId", listing.sellerId())
        .append("price", listing.price())
        .append("currency", listing.currency())
        .append("status", listing.status())
        .append("available", listing.available())
        .append("snapshot", listing.snapshot())
        .append("updatedAt", date(listing.updatedAt()));
  }

  private static Document rating(RatingCounted rating) {
    long count = 0;
    long sum = 0;
    for (int i = 0; i < rating.stars().size(); i++) {
      count += rating.stars().get(i);
      sum += rating.stars().get(i) * (i + 1);
    }
    return new Document("version", rating.version())
        .append("stars", rating.stars())
        .append("count", count)
        .append("average", count == 0 ? 0.0 : Math.round(100.0 * sum / count) / 100.0);
  }

  private Document seller(SellerNamed seller) {
    return new Document("id", seller.sellerId())
        .append("version", seller.version())
        .append("name", seller.name())
        .append("terms", repeated.terms(seller.name()));
  }

  private static Document grave(long id, long version) {
    return new Document("id", id).append("version", version).append("erased", true);
  }

  /** Keys are free text and may hold dots and dollars, which field names had better not. */
  private static List<Document> attributes(Map<String, String> attributes) {
    return attributes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> new Document("key", entry.getKey()).append("value", entry.getValue()))
        .toList();
  }

  /** The category and those above it: of {@code home/desks} also {@code home}. */
  private static List<String> categories(String path) {
    List<String> categories = new ArrayList<>();
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      categories.add(path.substring(0, slash));
    }
    categories.add(path);
    return categories.stream().filter(category -> !category.isEmpty()).toList();
  }

  private static String beginning(String description) {
    return description.substring(0, Math.min(description.length(), INDEXED_DESCRIPTION));
  }

  private static Date date(Instant instant) {
    return Date.from(instant);
  }
}
