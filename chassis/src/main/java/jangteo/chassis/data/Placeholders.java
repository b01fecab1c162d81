package jangteo.chassis.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;

/** The {@code ?} of statements whose number of arguments varies. */
public final class Placeholders {

  private Placeholders() {}

  /** {@code (?, ?, ?)} for an IN or for one row of values; at least one. */
  public static String list(int count) {
    return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
  }

  /** {@code (?, ?), (?, ?)} for rows of values. */
  public static String rows(int rows, int columns) {
    return String.join(", ", Collections.nCopies(rows, list(columns)));
  }

  /** {@code SELECT ? AS a, ? AS b UNION ALL SELECT ?, ?}: a table of rows and named columns. */
  public static String table(int rows, String... columns) {
    String first =
        Arrays.stream(columns)
            .map("? AS "::concat)
            .collect(Collectors.joining(", ", "SELECT ", ""));
    String next =
        " UNION ALL SELECT " + String.join(", ", Collections.nCopies(columns.length, "?"));
    return first + next.repeat(rows - 1);
  }
}
