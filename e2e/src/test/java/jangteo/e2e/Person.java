package jangteo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest;
import jangteo.testkit.Rest.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A member of the shop who is logged in; what members do, in the words of the shop. */
record Person(String memberId, String email, String name, String token, Rest rest) {
  private static final String PASSWORD = "correct horse battery 한글";
  private static final Duration SEARCHABLE = Duration.ofSeconds(30);

  /** The deadline of an order, and what a loaded machine needs beside it. */
  private static final Duration DECIDED = Duration.ofSeconds(30);

  static Person signedUp(String name) {
    Rest anyone = RunningShop.get().rest();
    String email = "e2e-" + UUID.randomUUID() + "@example.com";
    Answer member =
        anyone.post("/api/v1/members", Map.of("email", email, "password", PASSWORD, "name", name));
    assertThat(member.status()).as("%s", member.body()).isEqualTo(201);
    return loggedIn(member.body().get("memberId").asText(), email, name);
  }

  static Person seller(String name, String shopName) {
    Person member = signedUp(name);
    Answer seller = member.rest.post("/api/v1/members/me/seller", Map.of("shopName", shopName));
    assertThat(seller.status()).as("%s", seller.body()).isEqualTo(201);
    return loggedIn(member.memberId, member.email, name); // the role is in the next token
  }

  /** The same with a token of now. */
  Person loggedInAgain() {
    return loggedIn(memberId, email, name);
  }

  /** A login, whatever comes of it. */
  Answer logsIn() {
    return logIn(email);
  }

  private static Person loggedIn(String memberId, String email, String name) {
    Answer tokens = logIn(email);
    assertThat(tokens.status()).as("%s", tokens.body()).isEqualTo(200);
    String token = tokens.body().get("accessToken").asText();
    return new Person(memberId, email, name, token, RunningShop.get().rest().as(token));
  }

  private static Answer logIn(String email) {
    return RunningShop.get()
        .rest()
        .post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD));
  }

  /** Lists a new product; returns its id when it can be found. */
  String lists(long price, int quantity) {
    Answer product =
        rest.post(
            "/api/v1/items",
            Map.of(
                "name", "제주 감귤 " + UUID.randomUUID(),
                "description", "Tangerines from Jeju",
                "category", "fruit",
                "brand", "한라"));
    assertThat(product.status()).as("%s", product.body()).isEqualTo(201);
    String productId = product.body().get("productId").asText();
    Answer listing =
        rest.put(
            "/api/v1/items/" + productId + "/listing",
            Map.of(
                "price",
                Map.of("amount", price, "currency", "KRW"),
                "quantity",
                quantity,
                "status",
                "ON_SALE"));
    assertThat(listing.status()).as("%s", listing.body()).isEqualTo(201);
    await()
        .atMost(SEARCHABLE)
        .until(
            () ->
                rest.get("/api/v1/products/" + productId).body().at("/listings/0/quantity").asInt()
                    == quantity);
    return productId;
  }

  /** Paying with what the wallet holds. */
  static Map<String, Object> wallet() {
    return Map.of("method", "WALLET");
  }

  /** Paying with a card of which this becomes. */
  static Map<String, Object> card(String token) {
    return Map.of("method", "CARD", "token", token);
  }

  /** What an order of one line looks like. */
  static Map<String, Object> order(String productId, int quantity) {
    return order(productId, quantity, card("tok_ok"));
  }

  private static Map<String, Object> order(
      String productId, int quantity, Map<String, Object> payment) {
    return Map.of(
        "items", List.of(Map.of("productId", productId, "quantity", quantity)), "payment", payment);
  }

  /** Places an order with a fresh idempotency key, whatever comes of it. */
  Answer places(String productId, int quantity) {
    return places(order(productId, quantity));
  }

  private Answer places(Map<String, Object> order) {
    return rest.post("/api/v1/orders", order, "Idempotency-Key", UUID.randomUUID().toString());
  }

  /** Places an order that is taken; returns its id. */
  String orders(String productId, int quantity) {
    return orders(productId, quantity, card("tok_ok"));
  }

  /** The same, paid otherwise. */
  String orders(String productId, int quantity, Map<String, Object> payment) {
    Answer placed = places(order(productId, quantity, payment));
    assertThat(placed.status()).as("%s", placed.body()).isEqualTo(202);
    assertThat(placed.body().get("status").asText()).isEqualTo("PLACED");
    return placed.body().get("orderId").asText();
  }

  /** The order once it is decided. */
  JsonNode awaitDecided(String orderId) {
    return await()
        .atMost(DECIDED)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> rest.get("/api/v1/orders/" + orderId).body(),
            order -> order.has("orderId") && !order.get("status").asText().equals("PLACED"));
  }

  JsonNode payments(String orderId) {
    Answer payments = rest.get("/api/v1/payments?orderId=" + orderId);
    assertThat(payments.status()).as("%s", payments.body()).isEqualTo(200);
    return payments.body();
  }
}
