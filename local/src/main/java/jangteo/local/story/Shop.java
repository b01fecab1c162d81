package jangteo.local.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import jangteo.local.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** The shop as a client sees it through the gateway; every call is told as it happens. */
final class Shop {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int SHOWN = 400;

  private final String gateway;
  private final PrintWriter out;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  Shop(String gateway, PrintWriter out) {
    this.gateway = gateway;
    this.out = out;
  }

  /** What came back: the status, the JSON (missing when empty), and how long it took. */
  record Answer(int status, JsonNode body, Duration took) {
    /** The text at a JSON pointer, as {@code /items/0/name}; empty when it is not there. */
    String text(String pointer) {
      return body.at(pointer).asText("");
    }

    long whole(String pointer) {
      return body.at(pointer).asLong();
    }
  }

  /** A request under way of being built. */
  final class Call {
    private final String method;
    private final String path;
    private final HttpRequest.Builder request;
    private Optional<Object> body = Optional.empty();

    private Call(String method, String path) {
      this.method = method;
      this.path = path;
      this.request = HttpRequest.newBuilder(URI.create(gateway + path)).timeout(LIMIT);
    }

    Call as(String token) {
      request.header("Authorization", "Bearer " + token);
      return this;
    }

    Call key(String idempotencyKey) {
      request.header("Idempotency-Key", idempotencyKey);
      return this;
    }

    Call body(Object json) {
      body = Optional.of(json);
      return this;
    }

    /**
     * Sends, tells call and answer, and holds the status against the expected one.
     *
     * @throws Refusal when it is another one
     */
    Answer expect(int status) throws IOException, InterruptedException {
      Answer answer = send();
      tell(answer);
      if (answer.status() != status) {
        throw new Refusal(
            "%s %s should answer %d and answered %d: %s"
                .formatted(method, path, status, answer.status(), shown(answer.body())));
      }
      return answer;
    }

    /** Sends without a word, for questions that are asked again and again. */
    Answer send() throws IOException, InterruptedException {
      if (body.isPresent()) {
        request.header("Content-Type", "application/json");
        request.method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body.get())));
      } else {
        request.method(method, BodyPublishers.noBody());
      }
      long start = System.nanoTime();
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Answer(response.statusCode(), tree(response.body()), took);
    }

    void tell(Answer answer) {
      out.printf("  → %s %s%s%n", method, path, body.map(b -> "  " + written(b)).orElse(""));
      out.printf(
          "  ← %d  %s  (%d ms)%n", answer.status(), shown(answer.body()), answer.took().toMillis());
      out.flush();
    }
  }

  Call get(String path) {
    return new Call("GET", path);
  }

  Call post(String path) {
    return new Call("POST", path);
  }

  Call put(String path) {
    return new Call("PUT", path);
  }

  private static JsonNode tree(String text) {
    try {
      return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text); // not JSON: shown as it came
    }
  }

  private static String written(Object body) {
    try {
      return JSON.writeValueAsString(body).replaceAll("(\"password\":)\"[^\"]*\"", "$1\"…\"");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String shown(JsonNode body) {
    String text =
        body.toString().replaceAll("(\"(?:access|refresh)Token\":\"[^\"]{12})[^\"]*\"", "$1…\"");
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " …";
  }
}
