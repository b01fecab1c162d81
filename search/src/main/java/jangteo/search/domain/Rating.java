package jangteo.search.domain;

import java.util.List;

/**
 * What buyers think of a product.
 *
 * @param average 1 to 5, with two decimals; 0 without reviews
 * @param stars how many reviews gave one star, two, …, five
 */
public record Rating(double average, long count, List<Long> stars) {

  /** No review yet. */
  public static final Rating NONE = new Rating(0, 0, List.of(0L, 0L, 0L, 0L, 0L));
}
