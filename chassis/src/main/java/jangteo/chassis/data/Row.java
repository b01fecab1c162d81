package jangteo.chassis.data;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result, its columns by name (upper and lower case are the same).
 *
 * <p>A column that is NULL where a value is asked for, a column that the query does not have, and a
 * value of another kind are errors of the program: {@code IllegalStateException}.
 */
public final class Row {

  private final Map<String, Object> values;

  /**
   * @param values the columns that are not NULL, by name in lower case; NULL as {@link #NULL}
   */
  Row(Map<String, Object> values) {
    this.values = values;
  }

  /** Stands for NULL, so that a column that is NULL differs from one that is not there. */
  static final Object NULL = new Object();

  /** A text. */
  public String text(String column) {
    return present(column, maybeText(column));
  }

  /** A text, or nothing when NULL. */
  public Optional<String> maybeText(String column) {
    return value(column)
        .map(
            value ->
                value instanceof byte[] bytes
                    ? new String(bytes, StandardCharsets.UTF_8)
                    : value.toString());
  }

  /** A whole number. */
  public long whole(String column) {
    return present(column, maybeWhole(column));
  }

  /** A whole number, or nothing when NULL. */
  public Optional<Long> maybeWhole(String column) {
    return value(column)
        .map(
            value ->
                switch (value) {
                  case BigDecimal decimal -> decimal.longValueExact();
                  case Number number -> number.longValue();
                  case Boolean flag -> flag ? 1L : 0L;
                  default -> throw wrong(column, value, "a whole number");
                });
  }

  /** A BOOLEAN (TINYINT(1)) column. */
  public boolean flag(String column) {
    return whole(column) != 0;
  }

  /** A DATETIME(6) column, which is in UTC. */
  public Instant instant(String column) {
    return present(column, maybeInstant(column));
  }

  /** A DATETIME(6) column, or nothing when NULL. */
  public Optional<Instant> maybeInstant(String column) {
    return value(column)
        .map(
            value -> {
              if (value instanceof Timestamp timestamp) {
                return timestamp.toInstant();
              }
              throw wrong(column, value, "a time");
            });
  }

  /** A CHAR(36) column that holds a UUID. */
  public UUID uuid(String column) {
    return UUID.fromString(text(column));
  }

  /** A BINARY or BLOB column. */
  public byte[] bytes(String column) {
    return present(column, maybeBytes(column));
  }

  /** A BINARY or BLOB column, or nothing when NULL. */
  public Optional<byte[]> maybeBytes(String column) {
    return value(column)
        .map(
            value -> {
              if (value instanceof byte[] bytes) {
                return bytes;
              }
              throw wrong(column, value, "bytes");
            });
  }

  /** A column that holds the name of a constant. */
  public <E extends Enum<E>> E choice(String column, Class<E> type) {
    return Enum.valueOf(type, text(column));
  }

  private Optional<Object> value(String column) {
    @Nullable Object value = values.get(column.toLowerCase(Locale.ROOT));
    if (value == null) {
      throw new IllegalStateException("no column " + column + " among " + values.keySet());
    }
    return value == NULL ? Optional.empty() : Optional.of(value);
  }

  private static <T> T present(String column, Optional<T> value) {
    return value.orElseThrow(() -> new IllegalStateException("column " + column + " is NULL"));
  }

  private static IllegalStateException wrong(String column, Object value, String wanted) {
    return new IllegalStateException(
        "column " + column + " is " + value.getClass().getName() + ", not " + wanted);
  }
}
