package jangteo.item.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is sold, whoever sells it.
 *
 * @param ownerId the member who made the product and may change it
 * @param sku the owner's own key of it, which no other product of theirs has
 * @param version grows by one with each change; the product's ETag
 */
public record Product(
    long id,
    long ownerId,
    Optional<String> sku,
    Details details,
    long version,
    Instant createdAt,
    Instant updatedAt) {

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
    return create(id, ownerId, Optional.empty(), details, now);
  }

  /** A new product that its owner knows by a key. */
  public static Product create(
      long id, long ownerId, Optional<String> sku, Details details, Instant now) {
    return new Product(id, ownerId, sku, details, 1, now, now);
  }

  /** The product with other details; itself when nothing differs. */
  public Product change(Details changed, Instant now) {
    return change(sku, changed, now);
  }

  /** The product with another key and other details; itself when nothing differs. */
  public Product change(Optional<String> changedSku, Details changed, Instant now) {
    return changed.equals(details) && changedSku.equals(sku)
        ? this
        : new Product(id, ownerId, changedSku, changed, version + 1, createdAt, now);
  }

  /** The last state there is of a product that its owner deleted. */
  public Product erased(Instant now) {
    return new Product(id, ownerId, Optional.empty(), details, version + 1, createdAt, now);
  }
}
