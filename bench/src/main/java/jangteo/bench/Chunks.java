package jangteo.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer in {@code Transfer-Encoding: chunked} (RFC 9112, section 7.1). */
final class Chunks extends InputStream {

  private final InputStream in;
  private long left;
  private boolean first = true;

  /** What follows the answer's head. */
  Chunks(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    if (left == 0) {
      left = size();
      if (left == 0) {
        return -1;
      }
    }
    int read = in.read(into, from, (int) Math.min(count, left));
    if (read < 0) {
      throw new EOFException("in the middle of a chunk");
    }
    left -= read;
    return read;
  }

  private long size() throws IOException {
    if (!first) {
      line(in);
    }
    first = false;
    return Long.parseLong(line(in).split(";", 2)[0].strip(), 16);
  }

  /** Up to the next line's end, without it. */
  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("in the middle of a line");
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }
}
