package jangteo.item.api;

import jangteo.item.domain.Product;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A product as its owner gets it back. */
record ProductAnswer(
    String productId,
    String ownerId,
    String name,
    String description,
    String category,
    String brand,
    Map<String, String> attributes,
    List<String> images,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  static ProductAnswer of(Product product) {
    Product.Details details = product.details();
    return new ProductAnswer(
        Long.toString(product.id()),
        Long.toString(product.ownerId()),
        details.name(),
        details.description(),
        details.category(),
        details.brand(),
        new TreeMap<>(details.attributes()),
        details.images(),
        product.version(),
        product.createdAt(),
        product.updatedAt());
  }
}
