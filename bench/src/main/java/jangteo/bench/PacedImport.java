package jangteo.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/**
 * An import whose lines are sent when somebody likes, while the results of others are read: Java's
 * own client reads nothing before it has sent all.
 */
final class PacedImport implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Socket socket;
  private final OutputStream out;
  private Optional<BufferedReader> results = Optional.empty();

  PacedImport(URI at, String token) throws IOException {
    socket = new Socket(at.getHost(), at.getPort());
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    out.write(
        """
        POST /api/v1/items/import HTTP/1.1\r
        Host: %s\r
        Content-Type: application/x-ndjson\r
        Transfer-Encoding: chunked\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(at.getAuthority(), token)
            .getBytes(US_ASCII));
  }

  /** Sends lines, each with its end. */
  void send(String lines) throws IOException {
    byte[] bytes = lines.getBytes(UTF_8);
    byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII);
    byte[] chunk = new byte[size.length + bytes.length + 2];
    System.arraycopy(size, 0, chunk, 0, size.length);
    System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
    chunk[chunk.length - 2] = '\r';
    chunk[chunk.length - 1] = '\n';
    out.write(chunk);
  }

  /** Nothing follows. */
  void end() throws IOException {
    out.write("0\r\n\r\n".getBytes(US_ASCII));
  }

  /** The next result; the last one is the summary. */
  JsonNode result() throws IOException {
    if (results.isEmpty()) {
      results = Optional.of(answer());
    }
    String line = results.get().readLine();
    if (line == null) {
      throw new IOException("the import ended without a summary");
    }
    return JSON.readTree(line);
  }

  private BufferedReader answer() throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    String status = Chunks.line(in);
    while (!Chunks.line(in).isEmpty()) {
      // Only the body counts.
    }
    if (!status.contains(" 200 ")) {
      throw new IOException(status);
    }
    return new BufferedReader(new InputStreamReader(new Chunks(in), UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
