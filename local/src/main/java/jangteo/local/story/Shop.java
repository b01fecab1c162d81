package jangteo.local.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import jangteo.local.Refusal;
import jangteo.local.shop.Admin;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The shop as a client sees it through the gateway; every call is told as it happens. */
public final class Shop {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final int SHOWN = 400;

  private final String gateway;
  private final PrintWriter out;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  /** At the gateway's address, {@code http://host:port}, told to the writer. */
  public Shop(String gateway, PrintWriter out) {
    this.gateway = gateway;
    this.out = out;
  }

  /**
   * What came back.
   *
   * @param body the JSON; missing when empty
   * @param retryAfter the header of that name; empty when it is not there
   */
  public record Answer(int status, JsonNode body, Duration took, String retryAfter) {
    /** The text at a JSON pointer, as {@code /items/0/name}; empty when it is not there. */
    public String text(String pointer) {
      return body.at(pointer).asText("");
    }

    /** The whole number at a JSON pointer; 0 when it is not there. */
    public long whole(String pointer) {
      return body.at(pointer).asLong();
    }
  }

  /** A request under way of being built. */
  public final class Call {
    private final String method;
    private final String path;
    private final HttpRequest.Builder request;
    private Optional<Object> body = Optional.empty();

    private Call(String method, String path) {
      this.method = method;
      this.path = path;
      this.request = HttpRequest.newBuilder(URI.create(gateway + path)).timeout(LIMIT);
    }

    /** With an access token. */
    public Call as(String token) {
      request.header("Authorization", "Bearer " + token);
      return this;
    }

    /** With an idempotency key. */
    public Call key(String idempotencyKey) {
      request.header("Idempotency-Key", idempotencyKey);
      return this;
    }

    /** For an answer that takes longer than most. */
    public Call within(Duration limit) {
      request.timeout(limit);
      return this;
    }

    /** With a JSON body. */
    public Call body(Object json) {
      body = Optional.of(json);
      return this;
    }

    /**
     * Sends, tells call and answer, and holds the status against the expected one.
     *
     * @throws Refusal when it is another one
     */
    public Answer expect(int status) throws IOException, InterruptedException {
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
    public Answer send() throws IOException, InterruptedException {
      if (body.isPresent()) {
        request.setHeader("Content-Type", "application/json"); // it may be sent again
        request.method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body.get())));
      } else {
        request.method(method, BodyPublishers.noBody());
      }
      long start = System.nanoTime();
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Answer(
          response.statusCode(),
          tree(response.body()),
          took,
          response.headers().firstValue("Retry-After").orElse(""));
    }

    /**
     * Reads server-sent events until the stream ends or the limit has passed.
     *
     * @param each gets the data of each event as it comes, on a thread of the client
     * @return the HTTP status; 0 when there was no answer
     */
    public int follow(Duration limit, Consumer<JsonNode> each) throws InterruptedException {
      AtomicInteger status = new AtomicInteger();
      HttpRequest stream =
          request.copy().timeout(limit).header("Accept", "text/event-stream").GET().build();
      var answer =
          http.sendAsync(
              stream,
              head -> {
                status.set(head.statusCode());
                return BodySubscribers.fromLineSubscriber(new Events(each));
              });
      try {
        answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        answer.cancel(true); // ends the connection; what has come has been told
      }
      return status.get();
    }

    void tell(Answer answer) {
      out.printf("  → %s %s%s%n", method, path, body.map(b -> "  " + written(b)).orElse(""));
      out.printf(
          "  ← %d  %s  (%d ms)%n", answer.status(), shown(answer.body()), answer.took().toMillis());
      out.flush();
    }
  }

  /**
   * The first administrator's access token.
   *
   * @throws Refusal when the shop does not let it in
   */
  public String logIn(Admin admin) throws IOException, InterruptedException {
    return post("/api/v1/auth/login")
        .body(Map.of("email", admin.email(), "password", admin.password()))
        .expect(200)
        .text("/accessToken");
  }

  /** GET. */
  public Call get(String path) {
    return new Call("GET", path);
  }

  /** POST. */
  public Call post(String path) {
    return new Call("POST", path);
  }

  /** PUT. */
  public Call put(String path) {
    return new Call("PUT", path);
  }

  /** The lines of an event stream; each data line of ours is a whole JSON value. */
  private record Events(Consumer<JsonNode> each) implements Flow.Subscriber<String> {
    private static final String DATA = "data:";

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      if (line.startsWith(DATA)) {
        each.accept(tree(line.substring(DATA.length()).strip()));
      }
    }

    @Override
    public void onError(Throwable broken) {
      // The caller learns it from the answer's future.
    }

    @Override
    public void onComplete() {
      // The caller learns it from the answer's future.
    }
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
