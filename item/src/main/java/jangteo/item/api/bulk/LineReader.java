package jangteo.item.api.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a stream into lines, each of at most 64 KiB, so that neither a long line nor a quote that is
 * never closed takes more memory than that. Blank lines are left out, and so is a byte order mark.
 */
final class LineReader {

  static final int LONGEST = 64 * 1024;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final boolean quotes;
  private final byte[] buffer = new byte[16 * 1024];
  private int at;
  private int end;
  private byte[] line = new byte[1024];
  private int length;
  private long newlines;

  /**
   * Reads the stream, which the caller closes.
   *
   * @param quotes whether a line goes on while a double quote is open (RFC 4180)
   */
  LineReader(InputStream in, boolean quotes) {
    this.in = in;
    this.quotes = quotes;
  }

  /** The next line; empty at the end. */
  Optional<InputLine> next() throws IOException {
    while (at < end || fill()) {
      long number = newlines + 1;
      if (!collect()) {
        return Optional.of(InputLine.tooLong(number));
      }
      byte[] bytes = content(number == 1);
      if (!isBlank(bytes)) {
        return Optional.of(InputLine.of(number, bytes));
      }
    }
    return Optional.empty();
  }

  /** Up to and with the next line feed that ends a line; false when there was too much of it. */
  private boolean collect() throws IOException {
    length = 0;
    boolean quoted = false;
    boolean fits = true;
    while (at < end || fill()) {
      byte next = buffer[at++];
      if (next == '\n') {
        newlines++;
        if (!quoted) {
          return fits;
        }
      } else if (next == '"') {
        quoted = quotes && fits && !quoted;
      }
      if (fits && length == LONGEST) {
        // The quote that was never closed is forgotten: the next line is a line again.
        fits = false;
        quoted = false;
      }
      if (fits) {
        keep(next);
      }
    }
    return fits;
  }

  private void keep(byte next) {
    if (length == line.length) {
      line = Arrays.copyOf(line, Math.min(LONGEST, 2 * length));
    }
    line[length++] = next;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private byte[] content(boolean first) {
    int from =
        first && length >= 3 && Arrays.equals(line, 0, 3, BYTE_ORDER_MARK, 0, 3)
            ? BYTE_ORDER_MARK.length
            : 0;
    int to = length > from && line[length - 1] == '\r' ? length - 1 : length;
    return Arrays.copyOfRange(line, from, to);
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte one : bytes) {
      if (one != ' ' && one != '\t' && one != '\r' && one != '\n') {
        return false;
      }
    }
    return true;
  }
}
