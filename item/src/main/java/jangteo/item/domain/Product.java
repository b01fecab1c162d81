package jangteo.item.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is sold, whoever sells it.
 *
 * @param ownerId the member who made the product and may change it
 * @param version grows by one with each change; the product's ETag
 */
public record Product(
    long id, long ownerId, Details details, long version, Instant createdAt, Instant updatedAt) {

  /** What the owner says of the product, whole. */
  public record Details(
      String name,
      String description,
      String category,
      String brand,
      Map<String, String> attributes,
      List<String> images) {

    public Details {
      attributes = Map.copyOf(attributes);
      images = List.copyOf(images);
    }
  }

  /** A new product. */
  public static Product create(long id, long ownerId, Details details, Instant now) {
    return new Product(id, ownerId, details, 1, now, now);
  }

  /** The product with other details; itself when nothing differs. */
  public Product change(Details changed, Instant now) {
    return changed.equals(details)
        ? this
        : new Product(id, ownerId, changed, version + 1, createdAt, now);
  }
}
