package jangteo.item.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jangteo.chassis.web.Validation;
import jangteo.item.domain.Category;
import jangteo.item.domain.Product;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a seller says of a product, as it comes. Only the name is required; what is left out is
 * empty.
 */
public record ProductBody(
    @Nullable String name,
    @Nullable String description,
    @Nullable String category,
    @Nullable String brand,
    @Nullable Map<String, @Nullable String> attributes,
    @Nullable List<@Nullable String> images) {

  private static final int MAX_ATTRIBUTES = 50;
  private static final int MAX_IMAGES = 20;

  static ProductBody of(Product.Details details) {
    return new ProductBody(
        details.name(),
        details.description(),
        details.category(),
        details.brand(),
        new TreeMap<>(details.attributes()),
        List.copyOf(details.images()));
  }

  /** The details when all is well, else 422 with every wrong field. */
  Product.Details validated() {
    var checks = new Validation();
    Product.Details details = check(checks);
    checks.done();
    return details;
  }

  /** The details as far as they are well; what is wrong is left with the checks. */
  public Product.Details check(Validation checks) {
    return new Product.Details(
        checks.text("name", name, 1, 200),
        checks.text("description", description, 0, 10_000),
        category(checks),
        checks.text("brand", brand, 0, 100),
        attributes(checks),
        images(checks));
  }

  private String category(Validation checks) {
    String text = checks.text("category", category, 0, 100);
    List<String> parts = Category.parts(text);
    boolean whole = text.isEmpty() || parts.stream().noneMatch(String::isEmpty);
    checks.check("category", whole, "must have something before, between and after the slashes");
    checks.check(
        "category",
        parts.size() <= Category.DEEPEST,
        "must have at most %d parts".formatted(Category.DEEPEST));
    return Category.path(parts);
  }

  private Map<String, String> attributes(Validation checks) {
    Map<String, String> valid = new TreeMap<>();
    if (attributes == null
        || !checks.check(
            "attributes",
            attributes.size() <= MAX_ATTRIBUTES,
            "must be at most %d".formatted(MAX_ATTRIBUTES))) {
      return valid;
    }
    attributes.forEach(
        (key, value) -> {
          String field = "attributes." + key;
          valid.put(checks.text(field, key, 1, 60), checks.text(field, value, 1, 500));
        });
    return valid;
  }

  private List<String> images(Validation checks) {
    if (images == null
        || !checks.check(
            "images", images.size() <= MAX_IMAGES, "must be at most %d".formatted(MAX_IMAGES))) {
      return List.of();
    }
    for (int i = 0; i < images.size(); i++) {
      checks.check(
          "images[%d]".formatted(i),
          isWebAddress(images.get(i)),
          "must be an http or https URL of at most 2000 characters");
    }
    return images.stream().map(image -> image == null ? "" : image).toList();
  }

  private static boolean isWebAddress(@Nullable String text) {
    // java.net.URI lets half a surrogate pair through, which no store could keep.
    if (text == null || text.length() > 2000 || !UTF_8.newEncoder().canEncode(text)) {
      return false;
    }
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || "http".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
