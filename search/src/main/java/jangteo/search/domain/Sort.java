package jangteo.search.domain;

import java.util.Optional;
import java.util.stream.Stream;

/** The order of a result; among equals the newer id comes first, but for {@link #CHEAPEST}. */
public enum Sort {
  RELEVANCE("relevance"),
  CHEAPEST("price"),
  DEAREST("-price"),
  BEST_RATED("-rating"),
  NEWEST("-createdAt");

  private final String parameter;

  Sort(String parameter) {
    this.parameter = parameter;
  }

  /** As a client names it. */
  public String parameter() {
    return parameter;
  }

  /** The one that a client names. */
  public static Optional<Sort> named(String parameter) {
    return Stream.of(values()).filter(sort -> sort.parameter.equals(parameter)).findFirst();
  }
}
