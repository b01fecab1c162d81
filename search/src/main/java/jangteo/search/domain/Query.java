package jangteo.search.domain;

import jangteo.search.domain.Found.Place;
import java.util.Optional;

/**
 * A search.
 *
 * @param after the end of the page before
 * @param facets whether the facets are wanted as well
 */
public record Query(Filter filter, Sort sort, Optional<Mark> after, int size, boolean facets) {

  /** Where the page before ended, and how it read the words. */
  public record Mark(Place place, Matching matching) {}
}
