package jangteo.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A small JSON client for tests. A body is a string, which is sent as it is (malformed JSON too),
 * or anything that Jackson writes: a record, a map, a tree. Headers are names and values in turn.
 */
public final class Rest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One for all: each has threads of its own. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final String base;
  private final Optional<String> token;

  /** A client of the service at this address, {@code http://host:port}, without a token. */
  public Rest(String baseUri) {
    this(baseUri.replaceFirst("/+$", ""), Optional.empty());
  }

  /** A client of the service at this address, without a token. */
  public Rest(URI baseUri) {
    this(baseUri.toString());
  }

  private Rest(String base, Optional<String> token) {
    this.base = base;
    this.token = token;
  }

  /** The same client with {@code Authorization: Bearer} on each request. */
  public Rest as(String bearerToken) {
    return new Rest(base, Optional.of(bearerToken));
  }

  /**
   * What came back.
   *
   * @param status the HTTP status
   * @param body the JSON; text when it is not JSON; a missing node when it is empty
   * @param headers by name, in any case
   */
  public record Answer(int status, JsonNode body, HttpHeaders headers) {
    /** The first header of that name. */
    public Optional<String> header(String name) {
      return headers.firstValue(name);
    }
  }

  /** GET. */
  public Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  /** POST without a body. */
  public Answer post(String path) {
    return send("POST", path, BodyPublishers.noBody());
  }

  /** POST with a body. */
  public Answer post(String path, Object body, String... headers) {
    return send("POST", path, json(body), headers);
  }

  /** PUT. */
  public Answer put(String path, Object body, String... headers) {
    return send("PUT", path, json(body), headers);
  }

  /** PATCH, a JSON merge patch (RFC 7396). */
  public Answer patch(String path, Object body, String... headers) {
    return send("PATCH", path, json(body), headers);
  }

  /** DELETE. */
  public Answer delete(String path, String... headers) {
    return send("DELETE", path, BodyPublishers.noBody(), headers);
  }

  /** The status of a GET alone: an answer that goes on for ever is left at its head. */
  public int status(String path, String... headers) {
    HttpRequest.Builder request = request("GET", path, BodyPublishers.noBody(), headers);
    try {
      HttpResponse<InputStream> response =
          CLIENT.send(request.build(), BodyHandlers.ofInputStream());
      response.body().close();
      return response.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Any method, any body.
   *
   * @throws UncheckedIOException when no answer comes
   */
  public Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request = request(method, path, body, headers);
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), tree(response), response.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + base + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(
      String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT).method(method, body);
    token.ifPresent(bearer -> request.setHeader("Authorization", "Bearer " + bearer));
    if (body.contentLength() != 0) {
      request.setHeader("Content-Type", contentType(method));
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  private static String contentType(String method) {
    return "PATCH".equals(method) ? "application/merge-patch+json" : "application/json";
  }

  private static BodyPublisher json(Object body) {
    if (body instanceof String text) {
      return BodyPublishers.ofString(text);
    }
    try {
      return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(HttpResponse<String> response) throws IOException {
    String text = response.body();
    if (text.isEmpty()) {
      return MissingNode.getInstance();
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    return type.toLowerCase(Locale.ROOT).contains("json")
        ? JSON.readTree(text)
        : TextNode.valueOf(text);
  }
}
