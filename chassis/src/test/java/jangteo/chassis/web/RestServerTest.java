package jangteo.chassis.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a request can go wrong ends in problem details (design, section 4). */
class RestServerTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static RestServer server;

  record Nested(String name, Long count) {}

  record Sample(String name, Long count, Boolean flag, List<Nested> items, Money price) {}

  /** A service with one call for each thing to see. */
  private static final class Samples implements HttpService {

    @Override
    public void routing(HttpRules rules) {
      rules
          .post("/samples", this::create)
          .get("/samples/{id}", (req, res) -> res.send(Map.of("id", PathParameters.id(req, "id"))))
          .delete("/samples/{id}", (req, res) -> res.status(204).send())
          .post("/samples/all", (req, res) -> res.send("all"))
          .get("/uuids/{id}", (req, res) -> res.send(PathParameters.uuid(req, "id").toString()))
          .get(
              "/pages",
              (req, res) ->
                  res.send(Page.answer(List.of(Page.of(req).size()), Page.of(req).after())))
          .get("/mine", Access.member(), (req, res) -> res.send("" + Access.caller(req).memberId()))
          .get("/sellers", Access.role("SELLER", "ADMIN"), (req, res) -> res.send("ok"))
          .get(
              "/broken",
              (req, res) -> {
                throw new IllegalStateException("a secret of ours");
              })
          .get(
              "/away",
              (req, res) -> {
                throw Problem.unavailable("The database is away.", Duration.ofSeconds(2))
                    .exception();
              })
          .get(
              "/torn",
              (req, res) -> {
                OutputStream out = res.outputStream();
                out.write(new byte[100_000]);
                out.flush();
                throw Problem.unavailable("The database is away.", Duration.ofSeconds(2))
                    .exception();
              })
          .get("/time", (req, res) -> res.send(Map.of("at", Instant.EPOCH)));
    }

    private void create(ServerRequest request, ServerResponse response) {
      Sample sample = Body.read(request, Sample.class);
      Validation validation = new Validation();
      String name = validation.text("name", sample.name(), 1, 5);
      validation.whole("count", sample.count(), 1, 10);
      validation.done();
      response.status(201).send(Map.of("name", name));
    }
  }

  @BeforeAll
  static void start() {
    Config config =
        Config.just(
            ConfigSources.create(
                Map.of("server.port", "0", "admin.port", "0", "server.max-payload-bytes", "2000")));
    server =
        RestServer.create(
            config,
            "sample",
            (chain, request, response) -> {
              request
                  .query()
                  .first("as")
                  .ifPresent(role -> request.context().register(caller(role)));
              chain.proceed();
            },
            List.of(),
            List.of(new Samples(), new NotServed("GET /later")));
    server.start();
  }

  private static Caller caller(String role) {
    return new Caller(7, Set.of(role), "jti", Instant.EPOCH, Instant.MAX);
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  private static HttpResponse<String> send(String method, String path, String type, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(5))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<String> get(String path) {
    return send("GET", path, "", "");
  }

  private static HttpResponse<String> post(String body) {
    return send("POST", "/samples", "application/json", body);
  }

  private static JsonNode problem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(Problem.MEDIA_TYPE);
    JsonNode body;
    try {
      body = Json.mapper().readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(response.body(), e);
    }
    assertThat(body.path("status").asInt()).isEqualTo(status);
    assertThat(body.path("type").asText()).startsWith("urn:jangteo:problem:");
    assertThat(body.path("title").asText()).isNotEmpty();
    assertThat(body.path("detail").asText()).isNotEmpty();
    assertThat(body.path("instance").asText()).startsWith("/");
    return body;
  }

  private static List<String> fields(JsonNode problem) {
    return problem.path("errors").findValuesAsText("field");
  }

  @Test
  void readsWhatIsRight() {
    HttpResponse<String> created = post("{\"name\":\"무선\",\"count\":3}");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).isEqualTo("{\"name\":\"무선\"}");
    assertThat(get("/time").body()).isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\"}");
  }

  @Test
  void tellsAnUnknownPathFromAWrongMethod() {
    assertThat(problem(get("/nothing"), 404).path("instance").asText()).isEqualTo("/nothing");
    HttpResponse<String> wrong = send("PATCH", "/samples/1", "", "");
    problem(wrong, 405);
    assertThat(wrong.headers().firstValue("Allow")).hasValue("DELETE, GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "OPTIONS"})
  void aPathThatIsWrittenOutIsNoValueOfAnothersParameter(String method) {
    HttpResponse<String> wrong = send(method, "/samples/all", "", "");
    problem(wrong, 405);
    assertThat(wrong.headers().firstValue("Allow")).hasValue("POST");
    assertThat(send("POST", "/samples/all", "", "").body()).isEqualTo("all");
  }

  /** A client must not take half an answer for the whole. */
  @Test
  void anAnswerThatBreaksOffIsNotEnded() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/torn"))
            .timeout(Duration.ofSeconds(5))
            .build();
    assertThatThrownBy(() -> HTTP.send(request, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void saysThatACallIsNotServedYet() {
    problem(get("/later"), 501);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"a\",\"nme\":1}          | nme",
        "{\"name\":7}                        | name",
        "{\"count\":\"7\"}                   | count",
        "{\"count\":7.5}                     | count",
        "{\"count\":99999999999999999999}    | count",
        "{\"flag\":\"yes\"}                  | flag",
        "{\"items\":{}}                      | items",
        "{\"items\":[{},{\"count\":\"x\"}]}  | items[1].count",
        "{\"price\":{\"amount\":\"1\"}}      | price.amount",
        "{\"price\":3}                       | price",
      })
  void namesTheFieldThatCannotBeRead(String body, String field) {
    assertThat(fields(problem(post(body), 400))).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "[]",
        "null",
        "{} {}",
        "7",
        "\"text\"",
        "``"
      })
  void refusesWhatIsNoJsonObject(String body) {
    problem(post(body), 400);
  }

  @Test
  @Tag("ASVS-1.5.2")
  void refusesNestingWithoutEnd() {
    problem(post("[".repeat(900)), 400);
  }

  @Test
  void refusesAnotherMediaType() {
    problem(send("POST", "/samples", "text/plain", "{}"), 415);
    problem(send("POST", "/samples", "", "{}"), 415);
  }

  @Test
  @Tag("ASVS-5.2.1")
  void refusesTooLargeABody() {
    problem(post("{\"name\":\"" + "x".repeat(3000) + "\"}"), 413);
  }

  @Test
  @Tag("ASVS-2.2.1")
  void reportsAllWrongValuesAtOnce() {
    JsonNode problem = problem(post("{\"name\":\"too long\",\"count\":11}"), 422);
    assertThat(fields(problem)).containsExactly("name", "count");
    assertThat(fields(problem(post("{}"), 422))).containsExactly("name", "count");
  }

  @Test
  void refusesWhoMayNot() {
    HttpResponse<String> nobody = get("/mine");
    problem(nobody, 401);
    assertThat(nobody.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    problem(get("/sellers"), 401);
    problem(get("/sellers?as=BUYER"), 403);
    assertThat(get("/sellers?as=SELLER").statusCode()).isEqualTo(200);
    assertThat(get("/mine?as=BUYER").body()).isEqualTo("7");
  }

  @Test
  @Tag("ASVS-16.5.1")
  void keepsItsSecretsWhenItBreaks() {
    assertThat(problem(get("/broken"), 500).toString()).doesNotContain("secret");
  }

  @Test
  void saysWhenToTryAgain() {
    HttpResponse<String> away = get("/away");
    problem(away, 503);
    assertThat(away.headers().firstValue("Retry-After")).hasValue("2");
  }

  @Test
  @Tag("ASVS-3.2.1")
  @Tag("ASVS-3.4.3")
  @Tag("ASVS-3.4.4")
  @Tag("ASVS-3.4.5")
  @Tag("ASVS-3.4.6")
  @Tag("ASVS-14.3.2")
  @Tag("API8")
  void noBrowserTakesAnAnswerForMoreThanItIs() throws Exception {
    for (String path : List.of("/time", "/broken", "/nowhere", "/mine")) {
      assertThat(get(path).headers().map())
          .as(path)
          .containsEntry("x-content-type-options", List.of("nosniff"))
          .containsEntry("referrer-policy", List.of("no-referrer"))
          .containsEntry(
              "content-security-policy", List.of("default-src 'none'; frame-ancestors 'none'"))
          .doesNotContainKey("cache-control");
    }
    HttpRequest ofAMember =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/time"))
            .header("Authorization", "Bearer x")
            .build();
    assertThat(
            HTTP.send(ofAMember, HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("Cache-Control"))
        .contains("no-store");
  }

  @Test
  void findsNothingUnderWhatIsNoId() {
    for (String id : List.of("0", "-1", "abc", "99999999999999999999", "%20", "1%2F2")) {
      problem(get("/samples/" + id), 404);
    }
    problem(get("/uuids/1-1-1-1-1"), 404);
    UUID id = UUID.randomUUID();
    assertThat(get("/uuids/" + id).body()).isEqualTo(id.toString());
  }

  @Test
  void pagesByOpaqueCursors() {
    assertThat(get("/pages").body()).isEqualTo("{\"items\":[20],\"nextCursor\":null}");
    String cursor = Page.encode("7");
    assertThat(get("/pages?size=3&cursor=" + cursor).body())
        .isEqualTo("{\"items\":[3],\"nextCursor\":\"" + cursor + "\"}");
    for (String query : List.of("size=0", "size=101", "size=x", "cursor=*", "cursor=")) {
      assertThat(fields(problem(get("/pages?" + query), 422)))
          .containsExactly(query.substring(0, query.indexOf('=')));
    }
  }

  @Test
  @Tag("ASVS-4.2.1")
  void answersUnreadableRequestsWithProblemsToo() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /samples/1 HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readNBytes(40), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 400");
    }
  }

  /** Helidon's default leaves Nagle's algorithm on: 44 ms an answer with a delayed ACK. */
  @Test
  void answersAtOnceOnAKeptConnection() {
    get("/time");
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long begun = System.nanoTime();
      get("/time");
      best = Math.min(best, System.nanoTime() - begun);
    }
    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(40));
  }

  @Test
  void aMethodThatNobodyDefinedMakesNoMeterOfItsOwn() throws Exception {
    assertThat(send("INVENTED", "/time", "", "").statusCode()).isEqualTo(405);

    String metrics =
        HTTP.send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.adminPort() + "/observe/metrics"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    assertThat(metrics).contains("method=\"_OTHER\"").doesNotContain("INVENTED");
  }

  @Test
  @Tag("ASVS-13.4.5")
  void reportsHealthAndMetricsOnTheAdminPortAlone() throws Exception {
    String admin = "http://127.0.0.1:" + server.adminPort();
    get("/time");
    HttpResponse<String> metrics =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(admin + "/observe/metrics")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(metrics.body()).contains("http_server_requests").contains("route=\"/time\"");
    HttpResponse<String> live =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(admin + "/observe/health/live")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(live.statusCode()).isIn(200, 204);
    problem(get("/observe/metrics"), 404);
  }
}
