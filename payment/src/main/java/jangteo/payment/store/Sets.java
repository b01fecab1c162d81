package jangteo.payment.store;

import java.util.Collections;

/** Placeholders for statements over many values. */
final class Sets {

  private Sets() {}

  /** {@code (?, ?, ?)}. */
  static String row(int values) {
    return "(" + String.join(", ", Collections.nCopies(values, "?")) + ")";
  }

  /** {@code (?, ?), (?, ?)}. */
  static String rows(int rows, int valuesEach) {
    return String.join(", ", Collections.nCopies(rows, row(valuesEach)));
  }
}
