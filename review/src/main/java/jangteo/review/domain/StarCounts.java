package jangteo.review.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many visible reviews of a product gave each number of stars.
 *
 * @param version grows with each change of the product's counts; 0 before the first
 */
public record StarCounts(
    long productId, long version, long one, long two, long three, long four, long five) {

  /** Of a product without reviews. */
  public static StarCounts none(long productId) {
    return new StarCounts(productId, 0, 0, 0, 0, 0, 0);
  }

  /** The number of reviews. */
  public long count() {
    return one + two + three + four + five;
  }

  /** The mean, rounded half up to two decimals; 0 without reviews. */
  public BigDecimal average() {
    long count = count();
    if (count == 0) {
      return BigDecimal.ZERO;
    }
    long sum = one + 2 * two + 3 * three + 4 * four + 5 * five;
    return BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP);
  }
}
