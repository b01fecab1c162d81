package jangteo.search.domain;

import java.util.List;
import java.util.Optional;

/**
 * One page of a result.
 *
 * @param next where the next page begins; empty on the last
 */
public record Found(List<Product> products, Optional<Place> next) {

  /**
   * A place in a sorted result: after this key and id, whether or not the product that had them is
   * still there.
   *
   * @param key what the sort compares, as the store writes it
   */
  public record Place(String key, long id) {}
}
