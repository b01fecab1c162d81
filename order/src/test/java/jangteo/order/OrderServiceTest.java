package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.item.v1.StockOutcome;
import jangteo.member.v1.MemberChanged;
import jangteo.payment.v1.PaymentOutcome;
import jangteo.testkit.Rest;
import jangteo.testkit.WrongBodies;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order API over a real Kafka and MongoDB; item and payment say what each test has them say.
 */
class OrderServiceTest {
  private static final AtomicLong MEMBERS = new AtomicLong(100);

  /** Generous: what is tested is that it comes, not when. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Shop shop;

  private final long buyer = MEMBERS.incrementAndGet();

  @BeforeAll
  static void open(@TempDir Path stateDirectory) throws IOException {
    shop = new Shop(stateDirectory, Map.of("saga.deadline", "PT30S"));
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void noBodyIsTheServicesFault() {
    Map<String, Object> right =
        Map.of(
            "items", List.of(Map.of("productId", "1", "sellerId", "42", "quantity", 1)),
            "payment", Map.of("method", "CARD", "token", "tok_ok"),
            "addressId", "7");
    WrongBodies.areNeverTheServicesFault(right, body -> place(body, key()));
  }

  @Test
  void theAuditIsForAdministratorsAndNamesWhoCannotBeAsked() {
    assertThat(shop.nobody().get("/api/v1/admin/audit").status()).isEqualTo(401);
    assertThat(shop.member(7).get("/api/v1/admin/audit").status()).isEqualTo(403);

    Rest.Answer away = shop.member(1, "ADMIN").get("/api/v1/admin/audit");

    assertThat(away.status()).isEqualTo(503);
    assertThat(away.header("Retry-After")).isPresent();
    assertThat(away.body().path("detail").asText()).contains("item");
  }

  @Test
  void anOrderIsRecordedThenConfirmed() {
    Rest.Answer placed = place(teapots(2));

    assertThat(placed.status()).isEqualTo(202);
    String id = id(placed);
    assertThat(placed.header("Location")).hasValue("/api/v1/orders/" + id);
    assertThat(placed.body().get("status").asText()).isEqualTo("PLACED");
    assertThat(placed.body().at("/total/amount").asLong()).isEqualTo(25_800);
    assertThat(placed.body().at("/items/0/listingId").asText()).isEqualTo("1001");
    assertThat(read(id).get("status").asText()).isEqualTo("PLACED");

    shop.accept(id);

    awaitStatus(id, "CONFIRMED");
    shop.settle(id);
    await()
        .atMost(PATIENCE)
        .until(() -> read(id).at("/payment/status").asText().equals("CAPTURED"));
    assertThat(read(id).get("version").asLong()).isEqualTo(3);
    assertThat(read(id).hasNonNull("endedAt")).isTrue();
  }

  @Test
  void whoPrefersToWaitGetsTheDecision() {
    String key = key();
    CompletableFuture<Rest.Answer> waiting =
        CompletableFuture.supplyAsync(
            () ->
                shop.member(buyer)
                    .post(
                        "/api/v1/orders", teapots(1), "Idempotency-Key", key, "Prefer", "wait=10"));
    String id = await().atMost(PATIENCE).until(this::onlyOrder, found -> !found.isEmpty());
    shop.stock(id, StockOutcome.STOCK_OUTCOME_REJECTED, "OUT_OF_STOCK");

    Rest.Answer decided = waiting.join();
    assertThat(decided.status()).isEqualTo(200);
    assertThat(decided.header("Preference-Applied")).hasValue("wait=10");
    assertThat(decided.body().get("status").asText()).isEqualTo("REJECTED");
    assertThat(decided.body().get("reason").asText()).isEqualTo("OUT_OF_STOCK");
  }

  @Test
  void theSameKeyIsTheSameOrder() {
    String key = key();
    Rest.Answer first = place(teapots(1), key);
    Rest.Answer again = place(teapots(1), key);
    Rest.Answer other = place(teapots(2), key);

    assertThat(again.status()).isEqualTo(202);
    assertThat(id(again)).isEqualTo(id(first));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body().get("type").asText()).endsWith("idempotency-key-reused");
  }

  @Test
  void fiftyAtOnceWithOneKeyAreOneOrder() {
    String key = key();
    List<CompletableFuture<Rest.Answer>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(CompletableFuture.supplyAsync(() -> place(teapots(1), key)));
    }

    assertThat(all.stream().map(CompletableFuture::join).map(OrderServiceTest::id).distinct())
        .hasSize(1);
    assertThat(list("").get("items")).hasSize(1);
  }

  @Test
  void whatIsWrongIsNamedAllAtOnce() {
    Rest.Answer noKey = shop.member(buyer).post("/api/v1/orders", teapots(1));
    Rest.Answer wrong =
        place(
            Map.of(
                "items",
                List.of(
                    Map.of("productId", "x", "quantity", 0),
                    Map.of("quantity", 1, "sellerId", "-")),
                "payment",
                Map.of("method", "CASH")));
    Rest.Answer unknownField = place("{\"items\": [], \"voucher\": 1}");

    assertThat(noKey.status()).isEqualTo(400);
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().get("errors").findValuesAsText("field"))
        .contains(
            "items[0].productId",
            "items[0].quantity",
            "items[1].productId",
            "items[1].sellerId",
            "payment.method");
    assertThat(unknownField.status()).isEqualTo(400);
  }

  @Test
  void theCataloguesRefusalsAreTheClients() {
    Rest.Answer unknown = place(order(Map.of("productId", "99", "quantity", 1)));
    Rest.Answer mixed =
        place(
            order(
                Map.of("productId", "1", "quantity", 1), Map.of("productId", "3", "quantity", 1)));
    Rest.Answer byName = place(order(Map.of("productName", "찻주전자", "quantity", 1)));

    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.body().at("/errors/0/field").asText()).isEqualTo("items[0].productId");
    assertThat(mixed.status()).isEqualTo(422);
    assertThat(mixed.body().at("/errors/0/field").asText()).isEqualTo("items");
    assertThat(byName.status()).isEqualTo(202);
  }

  @Test
  void anothersOrderIsNotThere() {
    String id = id(place(teapots(1)));
    Rest other = shop.member(MEMBERS.incrementAndGet());

    assertThat(other.get("/api/v1/orders/" + id).status()).isEqualTo(404);
    assertThat(other.get("/api/v1/orders/" + id + "/timeline").status()).isEqualTo(404);
    assertThat(other.get("/api/v1/orders/" + id + "/events").status()).isEqualTo(404);
    assertThat(other.post("/api/v1/orders/" + id + "/cancel").status()).isEqualTo(404);
    assertThat(other.get("/api/v1/orders/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(other.get("/api/v1/orders/1").status()).isEqualTo(404);
    assertThat(shop.nobody().get("/api/v1/orders/" + id).status()).isEqualTo(401);
  }

  @Test
  void aBuyerCancelsUntilTheFirstLineLeaves() {
    String cancelled = id(place(teapots(1)));
    String shipped = settled();
    Rest seller = shop.member(ScriptedCatalogue.SELLER, "BUYER", "SELLER");

    assertThat(change(cancelled, "cancel").status()).isEqualTo(202);
    assertThat(change(cancelled, "cancel").status()).isEqualTo(202);
    assertThat(read(cancelled).get("reason").asText()).isEqualTo("BY_BUYER");
    assertThat(seller.post("/api/v1/orders/" + shipped + "/ship").status()).isEqualTo(202);
    Rest.Answer late = change(shipped, "cancel");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body().get("type").asText()).endsWith("already-shipped");
    assertThat(read(shipped).get("status").asText()).isEqualTo("SHIPPED");
  }

  @Test
  void whatHasArrivedCanGoBack() {
    String id = settled();
    Rest seller = shop.member(ScriptedCatalogue.SELLER, "BUYER", "SELLER");

    assertThat(change(id, "return").status()).isEqualTo(409);
    assertThat(seller.post("/api/v1/orders/" + id + "/deliver").status()).isEqualTo(409);
    seller.post("/api/v1/orders/" + id + "/ship");
    assertThat(seller.post("/api/v1/orders/" + id + "/deliver").status()).isEqualTo(202);
    assertThat(change(id, "return").status()).isEqualTo(202);
    shop.payment(id, PaymentOutcome.PAYMENT_OUTCOME_REFUNDED, "");
    await()
        .atMost(PATIENCE)
        .until(() -> read(id).at("/payment/status").asText().equals("REFUNDED"));
    assertThat(read(id).get("status").asText()).isEqualTo("RETURNED");
  }

  @Test
  void theTimelineIsOneTrace() {
    String id = settled();

    JsonNode timeline = shop.member(buyer).get("/api/v1/orders/" + id + "/timeline").body();

    assertThat(timeline.get("steps").findValuesAsText("step"))
        .contains("PLACE", "RESERVE", "AUTHORIZE", "DECIDE", "COMMIT", "CAPTURE");
    assertThat(timeline.get("steps").findValuesAsText("traceId"))
        .containsOnly(timeline.get("traceId").asText());
  }

  @Test
  void theListGoesOnWhereItEnded() {
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      placed.addFirst(id(place(teapots(1))));
    }

    JsonNode first = list("?size=3");
    JsonNode second = list("?size=3&cursor=" + first.get("nextCursor").asText());

    List<String> seen = new ArrayList<>(first.get("items").findValuesAsText("orderId"));
    seen.addAll(second.get("items").findValuesAsText("orderId"));
    assertThat(seen).isEqualTo(placed);
    assertThat(second.get("nextCursor").isNull()).isTrue();
    assertThat(shop.member(buyer).get("/api/v1/orders?cursor=nonsense").status()).isEqualTo(422);
  }

  @Test
  void namesAreThoseOfTodayAndGoWithTheMember() {
    shop.member(MemberChanged.newBuilder().setMemberId(buyer).setVersion(1).setName("김하나").build());
    shop.member(
        MemberChanged.newBuilder()
            .setMemberId(ScriptedCatalogue.SELLER)
            .setVersion(1)
            .setName("박도자")
            .setShopName("도자기 가게")
            .build());
    String id = id(place(teapots(1)));

    await().atMost(PATIENCE).until(() -> read(id).at("/buyer/name").asText().equals("김하나"));
    await()
        .atMost(PATIENCE)
        .until(() -> read(id).at("/items/0/sellerName").asText().equals("도자기 가게"));
    shop.erased(buyer);
    await().atMost(PATIENCE).until(() -> read(id).at("/buyer/name").isMissingNode());
  }

  @Test
  void liveStatusTellsEachChangeAndEnds() {
    String id = id(place(teapots(1)));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(shop.uri() + "/api/v1/orders/" + id + "/events"))
            .header("Authorization", "Bearer " + shop.tokens.token(buyer, "BUYER"))
            .timeout(Duration.ofSeconds(20))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      CompletableFuture<HttpResponse<String>> stream =
          client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
      shop.payment(id, PaymentOutcome.PAYMENT_OUTCOME_REJECTED, "PAYMENT_DECLINED");

      HttpResponse<String> told = stream.join();
      assertThat(told.headers().firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(told.body()).contains("event: status", "id: 2", "PAYMENT_DECLINED");
    }
  }

  @Test
  void metricsCountHowOrdersEnd() {
    String id = settled();

    assertThat(id).isNotEmpty();
    assertThat(shop.admin().get("/observe/metrics").body().asText())
        .contains("saga_outcomes_total")
        .contains("saga_duration")
        .contains("breaker_state");
  }

  private String settled() {
    String id = id(place(teapots(1)));
    shop.accept(id);
    awaitStatus(id, "CONFIRMED");
    shop.settle(id);
    await()
        .atMost(PATIENCE)
        .until(() -> read(id).at("/payment/status").asText().equals("CAPTURED"));
    return id;
  }

  private void awaitStatus(String id, String status) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> read(id).get("status").asText().equals(status));
  }

  private Rest.Answer place(Object body) {
    return place(body, key());
  }

  private Rest.Answer place(Object body, String key) {
    return shop.member(buyer).post("/api/v1/orders", body, "Idempotency-Key", key);
  }

  private Rest.Answer change(String id, String what) {
    return shop.member(buyer).post("/api/v1/orders/" + id + "/" + what);
  }

  private JsonNode read(String id) {
    return shop.member(buyer).get("/api/v1/orders/" + id).body();
  }

  private JsonNode list(String query) {
    return shop.member(buyer).get("/api/v1/orders" + query).body();
  }

  private String onlyOrder() {
    JsonNode items = list("").get("items");
    return items.isEmpty() ? "" : items.get(0).get("orderId").asText();
  }

  private static String id(Rest.Answer answer) {
    return answer.body().path("orderId").asText();
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static Map<String, Object> teapots(int quantity) {
    return order(Map.of("productId", "1", "quantity", quantity));
  }

  private static Map<String, Object> order(Object... items) {
    return Map.of("items", List.of(items), "payment", Map.of("method", "CARD", "token", "tok_ok"));
  }
}
