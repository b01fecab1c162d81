package jangteo.search.api;

import io.helidon.common.parameters.Parameters;
import io.helidon.webserver.http.ServerRequest;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.Validation;
import jangteo.search.domain.Filter;
import jangteo.search.domain.Found.Place;
import jangteo.search.domain.Matching;
import jangteo.search.domain.Query;
import jangteo.search.domain.Query.Mark;
import jangteo.search.domain.Sort;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a search asks for, out of its query parameters; an empty one is the same as none. */
final class SearchParameters {

  private static final Set<String> KNOWN =
      Set.of(
          "q",
          "category",
          "brand",
          "sellerId",
          "minPrice",
          "maxPrice",
          "minRating",
          "inStock",
          "facets",
          "sort",
          "cursor",
          "size");

  private static final int TEXT = 200;
  private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");
  private static final Pattern CURSOR = Pattern.compile("([^|]+)\\|([A-Z_]+)\\|(\\d{1,19})\\|(.+)");

  /** As JSON writes a number; however small, {@code Double} reads it. */
  private static final Pattern RATING = Pattern.compile("\\d(\\.\\d{1,20})?([eE][+-]?\\d{1,3})?");

  private SearchParameters() {}

  /**
   * Reads them.
   *
   * @throws jangteo.chassis.web.ProblemException 422 that names every wrong one
   */
  static Query of(ServerRequest request) {
    Validation validation = new Validation();
    Parameters query = request.query();
    KnownParameters.check(query, KNOWN, validation);
    Page page = Page.of(request, validation);
    OptionalLong minPrice = whole(query, "minPrice", validation);
    OptionalLong maxPrice = whole(query, "maxPrice", validation);
    validation.check(
        "maxPrice",
        minPrice.isEmpty() || maxPrice.isEmpty() || minPrice.getAsLong() <= maxPrice.getAsLong(),
        "must not be less than minPrice");
    Optional<String> words = text(query, "q", validation);
    Filter filter =
        new Filter(
            words,
            text(query, "category", validation).flatMap(SearchParameters::path),
            text(query, "brand", validation),
            id(query, "sellerId", validation),
            minPrice,
            maxPrice,
            rating(query, validation),
            flag(query, "inStock", validation));
    Sort sort = sort(query, validation).orElse(words.isPresent() ? Sort.RELEVANCE : Sort.NEWEST);
    boolean facets = flag(query, "facets", validation).orElse(true);
    validation.done();
    return new Query(
        filter, sort, page.after().map(cursor -> mark(cursor, sort)), page.size(), facets);
  }

  /** The cursor's content: the order and the reading it belongs to, and a place in it. */
  static String cursor(Sort sort, Mark end) {
    return String.join(
        "|",
        sort.parameter(),
        end.matching().name(),
        Long.toString(end.place().id()),
        end.place().key());
  }

  private static Mark mark(String cursor, Sort sort) {
    Matcher parts = CURSOR.matcher(cursor);
    if (!parts.matches() || !parts.group(1).equals(sort.parameter())) {
      throw Page.wrongCursor();
    }
    try {
      return new Mark(
          new Place(parts.group(4), Long.parseLong(parts.group(3))),
          Matching.valueOf(parts.group(2)));
    } catch (IllegalArgumentException unknownOrTooLarge) {
      throw Page.wrongCursor();
    }
  }

  private static Optional<Sort> sort(Parameters query, Validation validation) {
    Optional<String> named = given(query, "sort");
    Optional<Sort> sort = named.flatMap(Sort::named);
    validation.check(
        "sort",
        named.isEmpty() || sort.isPresent(),
        "must be one of "
            + Stream.of(Sort.values()).map(Sort::parameter).collect(Collectors.joining(", ")));
    return sort;
  }

  private static Optional<String> text(Parameters query, String name, Validation validation) {
    return given(query, name)
        .map(value -> validation.text(name, value, 1, TEXT))
        .filter(value -> !value.isEmpty());
  }

  private static Optional<String> path(String category) {
    int end = category.length();
    while (end > 0 && category.charAt(end - 1) == '/') {
      end--;
    }
    return end == 0 ? Optional.empty() : Optional.of(category.substring(0, end));
  }

  private static OptionalLong whole(Parameters query, String name, Validation validation) {
    Optional<String> value = given(query, name);
    if (value.isEmpty()
        || !validation.check(
            name,
            WHOLE.matcher(value.get()).matches(),
            "must be a whole number of minor units, 0 or more")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(value.get()));
  }

  private static OptionalLong id(Parameters query, String name, Validation validation) {
    Optional<String> value = given(query, name);
    return value.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(validation.id(name, value.get()));
  }

  private static OptionalDouble rating(Parameters query, Validation validation) {
    Optional<String> value = given(query, "minRating");
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    boolean number = RATING.matcher(value.get()).matches();
    double rating = number ? Double.parseDouble(value.get()) : -1;
    return validation.check("minRating", number && rating <= 5, "must be a number from 0 to 5")
        ? OptionalDouble.of(rating)
        : OptionalDouble.empty();
  }

  private static Optional<Boolean> flag(Parameters query, String name, Validation validation) {
    Optional<String> value = given(query, name).map(text -> text.toLowerCase(Locale.ROOT));
    validation.check(
        name,
        value.isEmpty() || value.get().equals("true") || value.get().equals("false"),
        "must be true or false");
    return value.map("true"::equals);
  }

  private static Optional<String> given(Parameters query, String name) {
    return query.first(name).asOptional().map(String::strip).filter(value -> !value.isEmpty());
  }
}
