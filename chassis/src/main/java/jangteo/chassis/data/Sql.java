package jangteo.chassis.data;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements against the service's schema, with {@code ?} for each argument.
 *
 * <p>Arguments may be strings, numbers, booleans, {@code byte[]}, {@code Instant} (stored as
 * DATETIME(6) in UTC, cut to microseconds), {@code UUID} (as its 36 characters), enums (as their
 * name), {@code Optional} of these, and {@code null}.
 *
 * <p>Every method throws {@link DuplicateKeyException} when a unique key refuses a row, and a 503
 * problem when the database is away.
 */
public interface Sql {

  /** All rows of a query, in its order. */
  List<Row> all(String sql, @Nullable Object... args);

  /** The row of a query that has at most one; an {@code IllegalStateException} when it has more. */
  Optional<Row> one(String sql, @Nullable Object... args);

  /** The number of rows that an insert, update or delete matched. */
  long execute(String sql, @Nullable Object... args);
}
