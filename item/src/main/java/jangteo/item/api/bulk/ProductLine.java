package jangteo.item.api.bulk;

import jangteo.chassis.web.FieldError;
import jangteo.chassis.web.ProblemException;
import jangteo.chassis.web.Validation;
import jangteo.item.api.ListingBody;
import jangteo.item.api.ProductBody;
import jangteo.item.domain.ImportLine;
import jangteo.item.domain.Listing;
import jangteo.item.domain.ListingStatus;
import jangteo.item.domain.Price;
import jangteo.item.domain.Product;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A product and the seller's own listing of it on one line, as it comes and as it goes out.
 *
 * @param productId our id of it
 * @param sku the seller's own key of it
 * @param name with the next five: what the product is; all left out, it stays as it is
 * @param price with the next three: the seller's listing; all left out, it stays as it is. In minor
 *     units of the currency
 * @param quantity on hand
 * @param status ON_SALE when left out
 */
record ProductLine(
    @Nullable String productId,
    @Nullable String sku,
    @Nullable String name,
    @Nullable String description,
    @Nullable String category,
    @Nullable String brand,
    @Nullable Map<String, @Nullable String> attributes,
    @Nullable List<@Nullable String> images,
    @Nullable Long price,
    @Nullable String currency,
    @Nullable Long quantity,
    @Nullable String status) {

  private static final int LONGEST_SKU = 100;

  /** Of the seller's own product. */
  static ProductLine of(Product product, Optional<Listing> listing) {
    Product.Details details = product.details();
    return new ProductLine(
        Long.toString(product.id()),
        product.sku().orElse(null),
        details.name(),
        details.description(),
        details.category(),
        details.brand(),
        new TreeMap<>(details.attributes()),
        List.copyOf(details.images()),
        listing.map(it -> it.price().amount()).orElse(null),
        listing.map(it -> it.price().currency()).orElse(null),
        listing.map(it -> it.stock().onHand()).orElse(null),
        listing.map(it -> it.status().name()).orElse(null));
  }

  /** Of the seller's listing of somebody else's product, which only its owner describes. */
  static ProductLine of(Listing listing) {
    return new ProductLine(
        Long.toString(listing.productId()),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        listing.price().amount(),
        listing.price().currency(),
        listing.stock().onHand(),
        listing.status().name());
  }

  /**
   * The line when all is well.
   *
   * @throws ProblemException 422 that names every wrong field
   */
  ImportLine validated(long number) {
    var checks = new Validation();
    Optional<Long> id = Optional.ofNullable(productId).map(text -> checks.id("productId", text));
    Optional<String> key =
        Optional.ofNullable(sku).map(text -> checks.text("sku", text, 1, LONGEST_SKU));
    boolean described =
        Stream.of(name, description, category, brand, attributes, images)
            .anyMatch(part -> part != null);
    boolean named = id.isPresent() || key.isPresent();
    Optional<Product.Details> details =
        described || !named
            ? Optional.of(
                new ProductBody(name, description, category, brand, attributes, images)
                    .check(checks))
            : Optional.empty();
    Optional<Listing.Terms> terms = terms(checks);
    checks.done();
    return new ImportLine(number, id, key, details, terms);
  }

  private Optional<Listing.Terms> terms(Validation checks) {
    if (price == null && currency == null && quantity == null && status == null) {
      return Optional.empty();
    }
    long amount = checks.whole("price", price, 1, ListingBody.MAX_AMOUNT);
    String code = checks.currency("currency", currency);
    long pieces = checks.whole("quantity", quantity, 0, ListingBody.MAX_QUANTITY);
    ListingStatus wanted = ListingBody.status(checks, status);
    return Optional.of(new Listing.Terms(new Price(amount, code), pieces, wanted));
  }

  /** What is wrong with a line, field by field. */
  static List<FieldError> errors(ProblemException refusal) {
    List<FieldError> fields = refusal.problem().errors();
    return fields.isEmpty() ? List.of(new FieldError("line", refusal.problem().detail())) : fields;
  }
}
