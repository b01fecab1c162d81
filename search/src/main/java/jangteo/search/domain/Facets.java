package jangteo.search.domain;

import java.util.List;

/**
 * How many products there would be with a choice in one dimension, the other wishes unchanged; the
 * commonest first.
 *
 * @param price without those that nobody sells
 * @param rating the products with this average or a better one
 */
public record Facets(
    List<Value> category,
    List<Value> brand,
    List<Value> seller,
    List<PriceRange> price,
    List<Value> rating) {

  /** No dimension is counted. */
  public static final Facets NONE =
      new Facets(List.of(), List.of(), List.of(), List.of(), List.of());

  /** The same, but this dimension as the other has it. */
  public Facets with(Dimension dimension, Facets other) {
    return new Facets(
        dimension == Dimension.CATEGORY ? other.category : category,
        dimension == Dimension.BRAND ? other.brand : brand,
        dimension == Dimension.SELLER ? other.seller : seller,
        dimension == Dimension.PRICE ? other.price : price,
        dimension == Dimension.RATING ? other.rating : rating);
  }

  /**
   * A value and how many products have it.
   *
   * @param value what the filter of this dimension takes
   * @param name how to show it, where that is something else
   */
  public record Value(String value, String name, long count) {}

  /**
   * A range of prices; both ends belong to it, as with the filters.
   *
   * @param to the greatest possible value when the range has no end
   */
  public record PriceRange(long from, long to, long count) {

    /** Whether there is no dearest price. */
    public boolean open() {
      return to == Long.MAX_VALUE;
    }
  }
}
