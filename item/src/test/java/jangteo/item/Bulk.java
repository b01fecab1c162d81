package jangteo.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A seller's client of the import and the export. */
final class Bulk {

  static final String NDJSON = "application/x-ndjson";
  static final String CSV = "text/csv";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;
  private final String token;

  Bulk(RunningItem item, long sellerId) {
    this(item, item.uri(), sellerId);
  }

  /** Of the instance at that address. */
  Bulk(RunningItem item, URI base, long sellerId) {
    this.base = base;
    this.token = item.tokens().token(sellerId, "SELLER");
  }

  /**
   * What an import was answered.
   *
   * @param lines one per line, and the summary
   */
  record Answer(int status, Optional<String> retryAfter, List<JsonNode> lines) {

    JsonNode last() {
      return lines.getLast();
    }

    /** The summary's figures: created, updated, unchanged, failed. */
    List<Long> counts() {
      JsonNode summary = last().get("summary");
      return List.of(
          summary.get("created").asLong(),
          summary.get("updated").asLong(),
          summary.get("unchanged").asLong(),
          summary.get("failed").asLong());
    }

    List<String> statuses() {
      return lines.subList(0, lines.size() - 1).stream()
          .map(line -> line.get("line").asLong() + " " + line.get("status").asText())
          .toList();
    }

    List<String> wrongFields(int line) {
      return lines.get(line).get("errors").findValuesAsText("field");
    }
  }

  Answer post(String type, String body, String... headers) {
    return post(type, body.getBytes(UTF_8), headers);
  }

  Answer post(String type, byte[] body, String... headers) {
    HttpRequest.Builder request =
        request("/api/v1/items/import")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    HttpResponse<String> response = send(request);
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Retry-After"),
        response.body().lines().map(Bulk::json).toList());
  }

  /** The whole export. */
  String export(String type) {
    HttpResponse<String> response =
        send(request("/api/v1/items/export").header("Accept", type).GET());
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection on which the test decides when to send and when to read. */
  final class ByHand implements AutoCloseable {

    private final Socket socket = new Socket(base.getHost(), base.getPort());
    private final OutputStream out = socket.getOutputStream();

    ByHand(String... headers) throws IOException {
      socket.setSoTimeout(60_000);
      StringBuilder head =
          new StringBuilder("POST /api/v1/items/import HTTP/1.1\r\nHost: shop\r\n");
      head.append("Content-Type: " + NDJSON + "\r\nTransfer-Encoding: chunked\r\n");
      head.append("Authorization: Bearer ").append(token).append("\r\n");
      for (int i = 0; i < headers.length; i += 2) {
        head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
      }
      out.write(head.append("\r\n").toString().getBytes(UTF_8));
    }

    void send(String lines) throws IOException {
      byte[] bytes = lines.getBytes(UTF_8);
      out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
      out.write(bytes);
      out.write("\r\n".getBytes(UTF_8));
      out.flush();
    }

    void end() throws IOException {
      out.write("0\r\n\r\n".getBytes(UTF_8));
      out.flush();
    }

    /** What has come so far and what follows, up to and with that text; the rest stays. */
    String readTo(String text) throws IOException {
      InputStream in = socket.getInputStream();
      StringBuilder read = new StringBuilder();
      byte[] piece = new byte[64 * 1024];
      while (read.indexOf(text, Math.max(0, read.length() - piece.length - text.length())) < 0) {
        int count = in.read(piece);
        if (count < 0) {
          throw new AssertionError("the connection ended with: " + read);
        }
        read.append(new String(piece, 0, count, UTF_8));
      }
      return read.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
