package jangteo.chassis.data;

import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link Sql} on Helidon's database client: converts arguments and rows, names statements. */
final class Statements implements Sql {

  private static final Pattern TABLE =
      Pattern.compile("(?is)\\b(?:from|into|update|(?:straight_)?join)\\s+(\\w+)");

  private static final Pattern WORD = Pattern.compile("\\S+");

  private final DbExecute client;

  Statements(DbExecute client) {
    this.client = client;
  }

  @Override
  public List<Row> all(String sql, @Nullable Object... args) {
    try (Stream<DbRow> rows =
        client.createNamedQuery(name(sql), sql).params(converted(args)).execute()) {
      return rows.map(Statements::row).toList();
    }
  }

  @Override
  public Optional<Row> one(String sql, @Nullable Object... args) {
    List<Row> rows = all(sql, args);
    if (rows.size() > 1) {
      throw new IllegalStateException(rows.size() + " rows where one was expected: " + name(sql));
    }
    return rows.stream().findFirst();
  }

  @Override
  public long execute(String sql, @Nullable Object... args) {
    try {
      return client.createNamedDmlStatement(name(sql), sql).params(converted(args)).execute();
    } catch (DbClientException e) {
      if (SqlFailure.of(e) == SqlFailure.DUPLICATE) {
        throw new DuplicateKeyException(SqlFailure.key(e), e);
      }
      throw e;
    }
  }

  /** Verb and table, such as {@code SELECT listing}: what spans and metrics call a statement. */
  static String name(String sql) {
    Matcher first = WORD.matcher(sql);
    String verb = first.find() ? first.group().toUpperCase(Locale.ROOT) : "";
    Matcher table = TABLE.matcher(sql);
    return table.find() ? verb + " " + table.group(1).toLowerCase(Locale.ROOT) : verb;
  }

  private static List<@Nullable Object> converted(@Nullable Object[] args) {
    List<@Nullable Object> converted = new ArrayList<>(args.length);
    Times times = new Times();
    for (@Nullable Object arg : args) {
      converted.add(converted(arg, times));
    }
    return converted;
  }

  private static @Nullable Object converted(@Nullable Object arg, Times times) {
    return switch (arg) {
      case null -> null;
      case Optional<?> optional -> converted(optional.orElse(null), times);
      case Instant instant -> times.text(instant);
      case UUID uuid -> uuid.toString();
      case Enum<?> constant -> constant.name();
      default -> arg;
    };
  }

  /**
   * Times as drivers write them into statements, in UTC, as every session is. The rows of a
   * statement mostly share one time, and a driver would format a {@code Timestamp} anew for each,
   * which took a third of an import.
   */
  private static final class Times {

    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Instant last = Instant.MIN;
    private String text = "";

    String text(Instant instant) {
      if (!instant.equals(last)) {
        last = instant;
        text = FORMAT.format(instant);
      }
      return text;
    }
  }

  private static Row row(DbRow row) {
    Map<String, Object> values = new HashMap<>();
    row.forEach(
        column -> {
          // Asked for as Object it comes as it is, NULL included; get() fails on NULL and on a
          // BLOB.
          @Nullable Object value = column.get(Object.class);
          values.put(column.name().toLowerCase(Locale.ROOT), value == null ? Row.NULL : value);
        });
    return new Row(values);
  }
}
