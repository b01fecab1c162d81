package jangteo.item.store;

import java.util.Collections;

/** The {@code ?} of statements whose number of arguments varies. */
final class Placeholders {

  private Placeholders() {}

  /** {@code (?, ?, ?)} for an IN or for one row of values. */
  static String list(int count) {
    return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
  }

  /** {@code (?, ?), (?, ?)} for rows of values. */
  static String rows(int rows, int columns) {
    return String.join(", ", Collections.nCopies(rows, list(columns)));
  }
}
