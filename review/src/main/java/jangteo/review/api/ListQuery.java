package jangteo.review.api;

import io.helidon.webserver.http.ServerRequest;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.Problem;
import jangteo.review.domain.Ordering;
import jangteo.review.domain.Ordering.Position;
import jangteo.review.domain.Review;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which part of a list of reviews a client asks for. A cursor holds the ordering it was made for
 * and the last review's place in it: {@code NEWEST;5;2026-11-22T09:00:00Z;<review id>}.
 */
record ListQuery(Ordering ordering, Optional<Position> after, int size) {
  /** The last time that a DATETIME can hold: a later one is an error in MySQL, and no review's. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  /** 422 when the sort, the size or the cursor is not one of this list. */
  static ListQuery of(ServerRequest request) {
    return of(request, ordering(request.query().first("sort").orElse("-createdAt")));
  }

  /** The same of a list that has no other ordering. */
  static ListQuery newest(ServerRequest request) {
    return of(request, Ordering.NEWEST);
  }

  private static ListQuery of(ServerRequest request, Ordering ordering) {
    Page page = Page.of(request);
    return new ListQuery(ordering, page.after().map(key -> position(ordering, key)), page.size());
  }

  /** What one page has of a list, and the key of the next. */
  record Cut<T>(List<T> items, Optional<String> next) {}

  /** The page out of one more than it holds, which tells whether there is a next one. */
  <T> Cut<T> cut(List<T> found, Function<T, Review> review) {
    List<T> items = found.subList(0, Math.min(found.size(), size));
    return new Cut<>(
        items,
        found.size() > size
            ? Optional.of(key(Position.of(review.apply(items.getLast()))))
            : Optional.empty());
  }

  private String key(Position last) {
    return "%s;%d;%s;%s".formatted(ordering, last.rating(), last.createdAt(), last.id());
  }

  private static Ordering ordering(String sort) {
    return switch (sort) {
      case "-createdAt" -> Ordering.NEWEST;
      case "-rating" -> Ordering.BEST;
      case "rating" -> Ordering.WORST;
      default -> throw Problem.invalid("sort", "must be -createdAt, -rating or rating").exception();
    };
  }

  private static Position position(Ordering ordering, String key) {
    String[] parts = key.split(";", -1);
    if (parts.length != 4 || !parts[0].equals(ordering.name())) {
      throw Page.wrongCursor();
    }
    try {
      return new Position(Integer.parseInt(parts[1]), time(parts[2]), UUID.fromString(parts[3]));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw Page.wrongCursor();
    }
  }

  private static Instant time(String text) {
    Instant time = Instant.parse(text);
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw Page.wrongCursor();
    }
    return time;
  }
}
