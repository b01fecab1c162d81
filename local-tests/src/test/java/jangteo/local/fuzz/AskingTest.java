package jangteo.local.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jangteo.local.Refusal;
import jangteo.local.servers.Cache;
import jangteo.local.servers.Schemathesis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Schemathesis before an API of two calls, of which one does not do as it says. */
class AskingTest {
  private static final Round ROUND = new Round(1, Role.NOBODY, List.of("fuzzing"), 5, 1);
  private static final String DOCUMENT =
      """
      {"openapi": "3.1.0", "info": {"title": "Sample", "version": "1"}, "paths": {
        "/good": {"get": {"operationId": "good", "x-access": {"who": ["ANYONE"]},
          "responses": {"200": {"description": "Good"}}}},
        "/broken": {"get": {"operationId": "broken", "x-access": {"who": ["ANYONE"]},
          "responses": {"200": {"description": "Good"}}}},
        "/theirs": {"get": {"operationId": "theirs", "x-access": {"who": ["ADMIN"]},
          "responses": {"200": {"description": "Not for everybody"}}}}}}
      """;

  @TempDir private Path folder;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, 200, ""));
    server.createContext("/broken", exchange -> answer(exchange, 500, ""));
    server.createContext("/api/v1/openapi", exchange -> answer(exchange, 200, DOCUMENT));
    server.start();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Asking asking(boolean over) throws IOException {
    return new Asking(
        Schemathesis.locate(Cache.folder(), System.err::println),
        "http://127.0.0.1:" + server.getAddress().getPort(),
        folder,
        () -> over);
  }

  @Test
  void whatIsNotAsDocumentedIsFound() throws Exception {
    Outcome outcome = asking(false).ask(ROUND, new People(folder.resolve("nobody")));

    assertThat(outcome.documented()).isEqualTo(3);
    assertThat(outcome.asked()).containsExactly("GET /broken", "GET /good", "GET /theirs");
    assertThat(outcome.findings())
        .extracting(finding -> finding.check() + " " + finding.operation())
        .contains(
            "not_a_server_error GET /broken",
            "status_code_conformance GET /broken",
            "access GET /theirs")
        .noneMatch(found -> found.endsWith("/good"));
    assertThat(outcome.findings()).allMatch(finding -> finding.curl().startsWith("curl -X GET "));
    assertThat(outcome.isClean()).isFalse();
  }

  @Test
  void itEndsWithTheShop() throws IOException {
    Asking asking = asking(true);
    People nobody = new People(folder.resolve("nobody"));

    assertThatThrownBy(() -> asking.ask(ROUND, nobody)).isInstanceOf(Refusal.class);
  }
}
