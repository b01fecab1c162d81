package jangteo.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.testkit.Rest;
import jangteo.testkit.TestTokens;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real Envoy with the shipped configuration, before services that echo what they get. */
class GatewayTest {
  private static final List<String> SERVICES =
      List.of("member", "item", "search", "order", "payment", "review", "aggregate");
  private static final long MEMBER_ID = 7;
  private static final String SHOP = "https://shop.example";

  private static final TestTokens TOKENS = new TestTokens();
  private static final Map<String, Integer> PORTS = new LinkedHashMap<>();
  private static final Map<String, EchoService> ECHOES = new LinkedHashMap<>();
  private static BlockedTokens check;
  private static ManagedProcess envoy;
  private static Rest gateway;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    List<Integer> free = Ports.free(10);
    GatewayPorts ports =
        new GatewayPorts(
            free.get(0),
            free.get(1),
            free.get(2),
            free.get(3),
            free.get(4),
            free.get(5),
            free.get(6),
            free.get(7),
            free.get(8),
            free.get(9));
    PORTS.put("member", ports.member());
    PORTS.put("item", ports.item());
    PORTS.put("search", ports.search());
    PORTS.put("order", ports.order());
    PORTS.put("payment", ports.payment());
    PORTS.put("review", ports.review());
    PORTS.put("aggregate", ports.aggregate());
    for (String service : SERVICES) {
      startService(service);
    }
    check = new BlockedTokens(ports.memberGrpc());
    Envoy located = Envoy.locate(Cache.folder(), System.err::println);
    envoy =
        ManagedProcess.start(
            located.program(folder.resolve("gateway"), folder, ports, List.of(SHOP)),
            folder.resolve("pids"));
    envoy.awaitReady();
    gateway = new Rest("http://127.0.0.1:" + ports.gateway());
    Rest member = gateway.as(TOKENS.token(MEMBER_ID));
    await("the gateway has the keys").until(() -> member.get("/api/v1/wallet").status() == 200);
  }

  private static void startService(String name) throws Exception {
    ECHOES.put(name, new EchoService(name, PORTS.get(name), URI.create(TOKENS.jwksUrl())));
  }

  @AfterAll
  static void stop() {
    envoy.stop(Duration.ofSeconds(5));
    check.close();
    ECHOES.values().forEach(EchoService::close);
    TOKENS.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/members, member",
    "/api/v1/members/me/addresses/1, member",
    "/api/v1/auth/login, member",
    "/api/v1/admin/members/1/suspend, member",
    "/api/v1/items, item",
    "/api/v1/items/1/listing/stock, item",
    "/api/v1/items/import, item",
    "/api/v1/items/export, item",
    "/api/v1/categories, item",
    "/api/v1/products?q=%EA%B9%80%EC%B9%98, search",
    "/api/v1/products/1, search",
    "/api/v1/products/suggest?q=k, search",
    "/api/v1/openapi, search",
    "/docs, search",
    "/docs/swagger-ui.css, search",
    "/api/v1/products/1/reviews?sort=x, review",
    "/api/v1/reviews/1/helpful, review",
    "/api/v1/admin/reviews?state=HIDDEN, review",
    "/api/v1/orders, order",
    "/api/v1/orders/1/timeline, order",
    "/api/v1/seller/orders, order",
    "/api/v1/admin/audit, order",
    "/api/v1/admin/dead-letters/1/replay, aggregate",
    "/api/v1/wallet/deposits, payment",
    "/api/v1/payments?orderId=1, payment"
  })
  void eachCallReachesItsService(String path, String service) {
    Rest.Answer answer = gateway.get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("service").asText()).isEqualTo(service);
    assertThat(answer.body().path("path").asText()).isEqualTo(path);
    assertThat(answer.header("x-request-id")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/v1/itemsx",
        "/docsx",
        "/observe/metrics",
        "/observe/health/ready",
        "/api/v1/items/../../../observe/metrics",
        "/.well-known/other"
      })
  void anythingElseIsAProblemOfTheGateway(String path) {
    assertProblem(gateway.get(path), 404, "not-found");
  }

  @Test
  void aProblemOfTheGatewayNamesThePathAndTheClientsTrace() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    Rest.Answer answer =
        gateway.get("/nowhere?secret=1", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

    assertProblem(answer, 404, "not-found");
    assertThat(answer.body().path("instance").asText()).isEqualTo("/nowhere");
    assertThat(answer.body().path("traceId").asText()).isEqualTo(trace);
    assertThat(gateway.get("/nowhere").body().path("traceId").asText()).matches("[0-9a-f]{32}");
  }

  @Test
  void theServiceSeesTheSameTraceAndNoneOfTheClientsInternalHeaders() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    Rest.Answer answer =
        gateway.get(
            "/api/v1/items/1",
            "traceparent",
            "00-" + trace + "-00f067aa0ba902b7-01",
            "x-envoy-upstream-rq-timeout-ms",
            "1",
            "x-envoy-internal",
            "true",
            "x-request-id",
            "mine");

    assertThat(answer.body().at("/headers/Traceparent").asText()).startsWith("00-" + trace);
    assertThat(answer.body().at("/headers/X-envoy-internal").isMissingNode()).isTrue();
    assertThat(answer.body().at("/headers/X-envoy-upstream-rq-timeout-ms").isMissingNode())
        .isTrue();
    assertThat(answer.body().at("/headers/X-request-id").asText()).isNotEqualTo("mine");
  }

  @Test
  void headersOverSixtyKibibytesAreRefused() {
    assertProblem(
        gateway.get("/api/v1/items", "x-big", "a".repeat(61 * 1024)), 431, "headers-too-large");

    String[] many =
        IntStream.range(0, 200)
            .boxed()
            .flatMap(i -> List.of("x-h" + i, "v").stream())
            .toArray(String[]::new);
    assertProblem(gateway.get("/api/v1/items", many), 431, "headers-too-large");
  }

  @Test
  void aBodyOverOneMebibyteIsRefusedBeforeItReachesTheService() {
    int before = ECHOES.get("order").requests();

    Rest.Answer answer = gateway.post("/api/v1/orders", "x".repeat((1 << 20) + 1));

    assertProblem(answer, 413, "too-large");
    assertThat(ECHOES.get("order").requests()).isEqualTo(before);
    assertThat(gateway.post("/api/v1/orders", "x".repeat(1 << 20)).status()).isEqualTo(200);
  }

  @Test
  void aClientThatSendsAByteNowAndThenIsCutOff() throws Exception {
    try (SlowClient headers = SlowClient.sends(port(), "GET /api/v1/items HTTP/1.1\r\nHost: ");
        SlowClient body =
            SlowClient.sends(
                port(), "POST /api/v1/orders HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n")) {
      assertThat(headers.answer(Duration.ofSeconds(20))).startsWith("HTTP/1.1 408");
      assertThat(body.answer(Duration.ofSeconds(45)))
          .startsWith("HTTP/1.1 408")
          .contains("urn:jangteo:problem:timed-out");
    }
  }

  @Test
  void anImportMayBeLargerAndComeInPieces() {
    byte[] lines = new byte[3 << 20];

    assertThat(
            gateway
                .post("/api/v1/items/import", new String(lines, StandardCharsets.UTF_8))
                .body()
                .path("bytes")
                .asInt())
        .isEqualTo(lines.length);
    var streamed = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(lines));
    Rest.Answer answer = gateway.send("POST", "/api/v1/items/import", streamed);
    assertThat(answer.body().path("bytes").asInt()).isEqualTo(lines.length);
  }

  @Test
  void aServiceThatIsDownIsAProblemWithRetryAfterUntilItIsBack() throws Exception {
    ECHOES.get("review").close();

    Rest.Answer down = gateway.post("/api/v1/products/1/reviews", Map.of("rating", 5));
    assertProblem(down, 503, "unavailable");
    assertThat(down.header("Retry-After")).contains("1");
    assertThat(gateway.get("/api/v1/items").status()).isEqualTo(200);

    startService("review");
    await().until(() -> gateway.get("/api/v1/products/1/reviews").status() == 200);
  }

  @Test
  void aServiceThatStandsStillIsAProblemWithRetryAfterToo() {
    Rest.Answer silent = gateway.post("/api/v1/wallet/silent", Map.of());
    assertProblem(silent, 503, "timed-out");
    assertThat(silent.header("Retry-After")).contains("1");
  }

  @Test
  void aWrongTokenIsRefusedAndAMissingOnePasses() {
    List<String> wrong =
        List.of(
            "nonsense",
            TOKENS.expired(MEMBER_ID),
            TOKENS.signedByStranger(MEMBER_ID),
            TOKENS.unsigned(MEMBER_ID),
            TOKENS.tokenWith(Map.of("iss", "https://elsewhere"), MEMBER_ID),
            TOKENS.tokenWith(Map.of("aud", "elsewhere"), MEMBER_ID));
    for (String token : wrong) {
      Rest.Answer answer = gateway.as(token).get("/api/v1/orders");
      assertProblem(answer, 401, "unauthorized");
      assertThat(answer.header("WWW-Authenticate")).get().asString().startsWith("Bearer");
    }
    assertThat(gateway.get("/api/v1/orders").status()).isEqualTo(200);
  }

  @Test
  void aGoodTokenReachesTheService() {
    String token = TOKENS.token(MEMBER_ID, "BUYER");

    Rest.Answer answer = gateway.as(token).get("/api/v1/orders");

    assertThat(answer.body().at("/headers/Authorization").asText()).isEqualTo("Bearer " + token);
  }

  @Test
  void aKeyThatIsPublishedIsKnownBeforeLong() {
    TOKENS.rotate();
    Rest member = gateway.as(TOKENS.token(MEMBER_ID));

    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> member.get("/api/v1/orders").status() == 200);
  }

  @Test
  void aBlockedTokenIsRefusedWithMembersOwnProblem() {
    String token = TOKENS.token(MEMBER_ID);
    assertThat(gateway.as(token).get("/api/v1/orders").status()).isEqualTo(200);

    check.block(token);

    // A check that is late on a busy machine counts as away, and the request passes: ask again.
    Rest.Answer answer =
        await().until(() -> gateway.as(token).get("/api/v1/orders"), each -> each.status() == 401);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    assertThat(answer.body().path("detail").asText()).isEqualTo("This token was logged out.");
  }

  @Test
  void theCheckIsAskedForTokensOnlyAndMayBeAway() throws Exception {
    int before = check.asked();
    assertThat(gateway.get("/api/v1/orders").status()).isEqualTo(200);
    assertThat(check.asked()).isEqualTo(before);

    int port = check.port();
    check.close();
    assertThat(gateway.as(TOKENS.token(MEMBER_ID)).get("/api/v1/orders").status()).isEqualTo(200);

    check = new BlockedTokens(port);
    String token = TOKENS.token(MEMBER_ID);
    check.block(token);
    await().until(() -> gateway.as(token).get("/api/v1/orders").status() == 401);
  }

  /** Else it could not tell a token that has run out from a shop that is away. */
  @Test
  @Tag("ASVS-3.4.2")
  void aPageOfANamedOriginMayReadWhatTheGatewayRefuses() {
    Rest.Answer expired =
        gateway.as(TOKENS.expired(MEMBER_ID)).get("/api/v1/orders", "Origin", SHOP);
    assertProblem(expired, 401, "unauthorized");
    assertThat(expired.headers().allValues("Access-Control-Allow-Origin")).containsExactly(SHOP);
    assertThat(expired.header("Access-Control-Expose-Headers")).get().asString().contains("ETag");

    Rest.Answer preflight = preflight(SHOP);
    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.header("Access-Control-Allow-Origin")).contains(SHOP);
    assertThat(preflight.header("Access-Control-Allow-Methods"))
        .contains("GET, POST, PUT, PATCH, DELETE");
    assertThat(preflight.header("Access-Control-Allow-Headers"))
        .get()
        .asString()
        .contains("Authorization", "Idempotency-Key", "If-Version-At-Least", "Last-Event-ID");
    assertThat(preflight.header("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void aForeignPageIsToldNothing() {
    String foreign = "https://evil.example";
    for (Rest.Answer answer :
        List.of(
            gateway.get("/api/v1/items/1", "Origin", foreign),
            gateway.as(TOKENS.expired(MEMBER_ID)).get("/api/v1/orders", "Origin", foreign),
            preflight(foreign))) {
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }
  }

  private static Rest.Answer preflight(String origin) {
    return gateway.send(
        "OPTIONS",
        "/api/v1/orders",
        BodyPublishers.noBody(),
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "authorization,idempotency-key");
  }

  @Test
  void anEventStreamIsPassedOnAsItComes() throws Exception {
    URI events = URI.create("http://127.0.0.1:" + port() + "/api/v1/orders/1/events");

    try (var stream = events.toURL().openStream()) {
      byte[] first = stream.readNBytes(15); // the service does not end its answer
      assertThat(first).asString().isEqualTo("event: status\n\n");
    }
  }

  @Test
  void aReadThatMetABrokenConnectionIsRepeatedAndAWriteIsNot() {
    EchoService payment = ECHOES.get("payment");
    int before = payment.requests();

    assertProblem(gateway.post("/api/v1/wallet/dropped", Map.of()), 503, "unavailable");
    assertThat(payment.requests()).isEqualTo(before + 1);

    assertProblem(gateway.get("/api/v1/wallet/dropped"), 503, "unavailable");
    assertThat(payment.requests()).isEqualTo(before + 1 + 3);
  }

  private static int port() {
    return envoy.program().port();
  }

  private static void assertProblem(Rest.Answer answer, int status, String kind) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.body().path("type").asText()).isEqualTo("urn:jangteo:problem:" + kind);
    assertThat(answer.body().path("status").isInt()).isTrue();
    assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    assertThat(answer.body().path("title").asText()).isNotEmpty();
    assertThat(answer.body().path("detail").asText()).isNotEmpty();
  }
}
