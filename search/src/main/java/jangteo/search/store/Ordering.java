package jangteo.search.store;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import jangteo.search.domain.Found.Place;
import jangteo.search.domain.Sort;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * How MongoDB sorts, and where in that order a page begins. The id ends every order, so that it is
 * a total one and a page begins exactly where the last one ended, whatever changed meanwhile.
 */
enum Ordering {
  SCORE("score", false),
  PRICE_UP("priceUp", true),
  PRICE_DOWN("priceDown", false),
  RATING("ratingDown", false),
  CREATED("product.createdAt", false);

  /** The newest product first. */
  static final Bson NEWEST_FIRST = CREATED.sort();

  private final String field;
  private final boolean upwards;

  Ordering(String field, boolean upwards) {
    this.field = field;
    this.upwards = upwards;
  }

  static Ordering of(Sort sort) {
    return switch (sort) {
      case RELEVANCE -> SCORE;
      case CHEAPEST -> PRICE_UP;
      case DEAREST -> PRICE_DOWN;
      case BEST_RATED -> RATING;
      case NEWEST -> CREATED;
    };
  }

  /** The field it sorts by. */
  String field() {
    return field;
  }

  Bson sort() {
    return upwards ? Sorts.ascending(field, "_id") : Sorts.descending(field, "_id");
  }

  /** What comes after this place; nothing when the place is not one of this order. */
  Optional<Bson> after(Place place) {
    return value(place.key())
        .map(
            key ->
                upwards
                    ? Filters.or(
                        Filters.gt(field, key),
                        Filters.and(Filters.eq(field, key), Filters.gt("_id", place.id())))
                    : Filters.or(
                        Filters.lt(field, key),
                        Filters.and(Filters.eq(field, key), Filters.lt("_id", place.id()))));
  }

  /** The place of a document of the result. */
  Place place(Document document) {
    Object key =
        this == CREATED
            ? document.get("product", Document.class).getDate("createdAt").toInstant()
            : document.get(field);
    return new Place(String.valueOf(key), document.getLong("_id"));
  }

  private Optional<Object> value(String key) {
    try {
      return Optional.of(
          switch (this) {
            case SCORE, RATING -> Double.valueOf(key);
            case PRICE_UP, PRICE_DOWN -> Long.valueOf(key);
            case CREATED -> Date.from(Instant.parse(key));
          });
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
