package jangteo.chassis.data;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the database means when a statement fails, by MySQL's and MariaDB's error numbers. */
enum SqlFailure {
  /** Another transaction was in the way: the whole work is done again. */
  COLLISION,
  /** A unique key refused the row. */
  DUPLICATE,
  /** The database is away, full, or going down: passes by itself. */
  OUTAGE,
  /** Anything else: an error of the program. */
  OTHER;

  private static final int DUPLICATE_ENTRY = 1062;

  /** Deadlock, lock wait timeout, record changed since the snapshot (design, section 2). */
  private static final Set<Integer> COLLISIONS = Set.of(1213, 1205, 1020);

  /**
   * Too many connections (1040, 1203, 1226), server shutting down (1053), query interrupted (1317),
   * read-only server during a switch-over (1290, 1836), connection killed (1927), server gone
   * (2006, 2013).
   */
  private static final Set<Integer> OUTAGES =
      Set.of(1040, 1203, 1226, 1053, 1317, 1290, 1836, 1927, 2006, 2013);

  private static final Pattern KEY = Pattern.compile("for key '(?:[^']*\\.)?([^'.]+)'");

  static SqlFailure of(Throwable failure) {
    return sql(failure).map(SqlFailure::ofSql).orElse(OTHER);
  }

  /** The name of the key in "Duplicate entry 'x' for key 'table.name'". */
  static String key(Throwable failure) {
    Matcher matcher = KEY.matcher(sql(failure).map(SQLException::getMessage).orElse(""));
    return matcher.find() ? matcher.group(1) : "";
  }

  private static SqlFailure ofSql(SQLException failure) {
    if (failure.getErrorCode() == DUPLICATE_ENTRY) {
      return DUPLICATE;
    }
    if (COLLISIONS.contains(failure.getErrorCode())) {
      return COLLISION;
    }
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    boolean connection =
        failure instanceof SQLTransientConnectionException
            || failure instanceof SQLNonTransientConnectionException
            || failure instanceof SQLRecoverableException
            || state.startsWith("08");
    return connection || OUTAGES.contains(failure.getErrorCode()) ? OUTAGE : OTHER;
  }

  private static Optional<SQLException> sql(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
