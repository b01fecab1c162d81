package jangteo.chassis.text;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A text as it is analysed, and where each of its letters stood before: composed Hangul, plain
 * letters, lower case, however a keyboard or a file system spelled them.
 */
final class Normal {

  private final String text;
  private final int[] starts;
  private final int[] ends;

  private Normal(String text, int[] starts, int[] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  /** The text alone. */
  static String form(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  /** The text with the places of its letters. */
  static Normal of(String text) {
    BreakIterator letters = BreakIterator.getCharacterInstance(Locale.ROOT);
    letters.setText(text);
    StringBuilder normal = new StringBuilder(text.length());
    int[] starts = new int[text.length()];
    int[] ends = new int[text.length()];
    int start = letters.first();
    for (int end = letters.next(); end != BreakIterator.DONE; start = end, end = letters.next()) {
      int length = normal.length();
      normal.append(form(text.substring(start, end)));
      if (normal.length() > starts.length) {
        // A letter can become several: ㎏ is kg.
        starts = Arrays.copyOf(starts, normal.length() * 2);
        ends = Arrays.copyOf(ends, normal.length() * 2);
      }
      Arrays.fill(starts, length, normal.length(), start);
      Arrays.fill(ends, length, normal.length(), end);
    }
    return new Normal(normal.toString(), starts, ends);
  }

  /** The text as it is analysed. */
  String text() {
    return text;
  }

  /** Where the letter at this index begins in the original text. */
  int from(int index) {
    return starts[index];
  }

  /** Where the letter before this index ends in the original text. */
  int to(int index) {
    return ends[index - 1];
  }
}
