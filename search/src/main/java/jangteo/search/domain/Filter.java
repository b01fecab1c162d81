package jangteo.search.domain;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which products are wanted. What is empty does not matter.
 *
 * @param text Korean or English words that the product has
 * @param minPrice inclusive, in minor units, compared with the cheapest offer
 * @param maxPrice inclusive
 * @param minRating inclusive, compared with the average
 * @param inStock whether something of it can be bought now
 */
public record Filter(
    Optional<String> text,
    Optional<String> category,
    Optional<String> brand,
    OptionalLong sellerId,
    OptionalLong minPrice,
    OptionalLong maxPrice,
    OptionalDouble minRating,
    Optional<Boolean> inStock) {

  /** Every product. */
  public static final Filter ALL =
      new Filter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalDouble.empty(),
          Optional.empty());

  /** The dimensions in which this filter chooses. */
  public Set<Dimension> chosen() {
    Set<Dimension> chosen = EnumSet.noneOf(Dimension.class);
    category.ifPresent(value -> chosen.add(Dimension.CATEGORY));
    brand.ifPresent(value -> chosen.add(Dimension.BRAND));
    sellerId.ifPresent(value -> chosen.add(Dimension.SELLER));
    minPrice.ifPresent(value -> chosen.add(Dimension.PRICE));
    maxPrice.ifPresent(value -> chosen.add(Dimension.PRICE));
    minRating.ifPresent(value -> chosen.add(Dimension.RATING));
    return chosen;
  }

  /** The same wishes, but for the text. */
  public Filter withoutText() {
    return new Filter(
        Optional.empty(), category, brand, sellerId, minPrice, maxPrice, minRating, inStock);
  }

  /** The same wishes, but any value in this dimension: what the dimension's facet counts. */
  public Filter anyIn(Dimension dimension) {
    boolean price = dimension == Dimension.PRICE;
    return new Filter(
        text,
        dimension == Dimension.CATEGORY ? Optional.empty() : category,
        dimension == Dimension.BRAND ? Optional.empty() : brand,
        dimension == Dimension.SELLER ? OptionalLong.empty() : sellerId,
        price ? OptionalLong.empty() : minPrice,
        price ? OptionalLong.empty() : maxPrice,
        dimension == Dimension.RATING ? OptionalDouble.empty() : minRating,
        inStock);
  }
}
