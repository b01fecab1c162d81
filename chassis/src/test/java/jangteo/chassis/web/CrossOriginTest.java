package jangteo.chassis.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is told about pages of other origins: nothing, unless they are named. */
class CrossOriginTest {

  private static final String SHOP = "https://shop.example";
  private static final String FOREIGN = "https://evil.example";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static RestServer open;
  private static RestServer closed;

  /** A call that works and one that breaks. */
  private static final class Samples implements HttpService {

    @Override
    public void routing(HttpRules rules) {
      rules
          .get("/time", (req, res) -> res.header("ETag", "\"1\"").send("now"))
          .post("/samples", (req, res) -> res.send(Body.read(req, Map.class)))
          .get(
              "/broken",
              (req, res) -> {
                throw new IllegalStateException("broken");
              });
    }
  }

  @BeforeAll
  static void start() {
    open = start(SHOP + ", http://localhost:5173");
    closed = start("");
  }

  private static RestServer start(String origins) {
    RestServer server = create(origins);
    server.start();
    return server;
  }

  /** Takes no token at all. */
  private static RestServer create(String origins) {
    Config config =
        Config.just(
            ConfigSources.create(
                Map.of("server.port", "0", "admin.port", "0", "cors.allow-origins", origins)));
    Filter noToken =
        (chain, request, response) -> {
          if (request.headers().contains(HeaderNames.AUTHORIZATION)) {
            throw Problem.unauthorized("This token does not work.").exception();
          }
          chain.proceed();
        };
    return RestServer.create(config, "sample", noToken, List.of(), List.of(new Samples()));
  }

  @AfterAll
  static void stop() {
    open.stop();
    closed.stop();
  }

  private static HttpResponse<String> send(
      RestServer server, String method, String path, String... headers) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(5))
            .method(method, BodyPublishers.noBody())
            .headers(headers)
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<String> preflight(RestServer server, String origin) {
    return send(
        server,
        "OPTIONS",
        "/samples",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "authorization,idempotency-key");
  }

  private static List<String> corsHeaders(HttpResponse<String> response) {
    return response.headers().map().keySet().stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"))
        .toList();
  }

  private static List<String> listed(HttpResponse<String> response, String header) {
    return Arrays.asList(response.headers().firstValue(header).orElse("").split(", ", -1));
  }

  @Test
  @Tag("ASVS-3.4.2")
  void aPageOfANamedOriginMayReadAnswersAndErrors() {
    for (String path : List.of("/time", "/broken", "/nowhere")) {
      HttpResponse<String> answer = send(open, "GET", path, "Origin", SHOP);
      assertThat(answer.headers().allValues("Access-Control-Allow-Origin"))
          .as(path)
          .containsExactly(SHOP);
      assertThat(listed(answer, "Access-Control-Expose-Headers"))
          .contains("ETag", "Location", "Retry-After", "Preference-Applied");
      assertThat(answer.headers().allValues("Vary")).containsExactly("Origin");
    }
    HttpResponse<String> refused =
        send(open, "GET", "/time", "Origin", SHOP, "Authorization", "Bearer x");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue(SHOP);
    assertThat(
            send(open, "GET", "/time", "Origin", "http://localhost:5173")
                .headers()
                .firstValue("Access-Control-Allow-Origin"))
        .hasValue("http://localhost:5173");
  }

  @Test
  void aPreflightIsAnsweredWithoutAToken() {
    HttpResponse<String> answer = preflight(open, SHOP);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(SHOP);
    assertThat(listed(answer, "Access-Control-Allow-Methods"))
        .containsExactlyInAnyOrder("GET", "POST", "PUT", "PATCH", "DELETE");
    assertThat(listed(answer, "Access-Control-Allow-Headers"))
        .contains(
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-Version-At-Least",
            "Last-Event-ID",
            "Prefer");
    assertThat(answer.headers().firstValue("Access-Control-Max-Age")).isPresent();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  @Tag("ASVS-3.4.2")
  void aForeignPageIsToldNothing() {
    for (String origin : List.of(FOREIGN, "null", SHOP + ".evil.example", "http://shop.example")) {
      HttpResponse<String> answer = send(open, "GET", "/time", "Origin", origin);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(corsHeaders(answer)).as(origin).isEmpty();
      assertThat(answer.headers().firstValue("Vary")).hasValue("Origin");

      HttpResponse<String> asked = preflight(open, origin);
      assertThat(asked.statusCode()).isEqualTo(405);
      assertThat(corsHeaders(asked)).as(origin).isEmpty();
    }
    assertThat(corsHeaders(send(open, "GET", "/time", "Accept", "*/*"))).isEmpty();
  }

  @Test
  void whereNoOriginIsNamedNoneIsLetIn() {
    assertThat(corsHeaders(send(closed, "GET", "/time", "Origin", SHOP))).isEmpty();
    HttpResponse<String> asked = preflight(closed, SHOP);
    assertThat(asked.statusCode()).isEqualTo(405);
    assertThat(corsHeaders(asked)).isEmpty();
  }

  /** Helidon refuses it before any filter sees it. */
  @Test
  void aRefusalBeforeTheRoutesMayBeReadToo() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), open.port())) {
      socket.setSoTimeout(5000);
      socket
          .getOutputStream()
          .write(
              ("POST /samples HTTP/1.1\r\nHost: x\r\nOrigin: " + SHOP + "\r\n")
                  .concat("Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer)
          .startsWith("HTTP/1.1 413")
          .containsIgnoringCase("Access-Control-Allow-Origin: " + SHOP);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "shop.example",
        "https://shop.example/",
        "https://Shop.example",
        "https://shop.example:443",
        "http://shop.example:80",
        "https://*.shop.example",
        "https://shop.example, *"
      })
  void whatNoBrowserSendsIsRefusedAtTheStart(String origins) {
    assertThatThrownBy(() -> create(origins))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cors.allow-origins");
  }
}
