package jangteo.item.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;

/** The {@code ?} of statements whose number of arguments varies. */
final class Placeholders {

  private Placeholders() {}

  /** {@code (?, ?, ?)} for an IN or for one row of values. */
  static String list(int count) {
    return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
  }

  /** {@code SELECT ? AS a, ? AS b UNION ALL SELECT ?, ?}: a table of rows and named columns. */
  static String table(int rows, String... columns) {
    String first =
        Arrays.stream(columns)
            .map("? AS "::concat)
            .collect(Collectors.joining(", ", "SELECT ", ""));
    String next =
        " UNION ALL SELECT " + String.join(", ", Collections.nCopies(columns.length, "?"));
    return first + next.repeat(rows - 1);
  }

  /** {@code (?, ?), (?, ?)} for rows of values. */
  static String rows(int rows, int columns) {
    return String.join(", ", Collections.nCopies(rows, list(columns)));
  }
}
