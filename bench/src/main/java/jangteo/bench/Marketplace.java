package jangteo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Somebody who sells enough of everything, and people who buy; made through the gateway. */
final class Marketplace {

  /** Something to buy. */
  record Offer(long productId, String name, long listingId, long sellerId, long price) {}

  /** Somebody who buys. */
  record Buyer(long memberId, String token) {}

  /** Somebody who sells. */
  record Seller(long memberId, String token) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long PLENTY = 1_000_000_000;
  static final String PASSWORD = "bench and load 2026";

  private final URI gateway;
  private final HttpClient http = HttpClient.newHttpClient();

  Marketplace(URI gateway) {
    this.gateway = gateway;
  }

  /** A new seller's offers, all of them in search. */
  List<Offer> offers(int count) throws IOException, InterruptedException {
    String seller = seller().token();
    List<Offer> offers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = "부하 " + UUID.randomUUID();
      Map<String, Object> product =
          Map.of(
              "name",
              name,
              "description",
              "",
              "category",
              "bench",
              "brand",
              "bench",
              "attributes",
              Map.of(),
              "images",
              List.of());
      String productId = post("/api/v1/items", product, seller, 201).path("productId").asText();
      JsonNode listing =
          send(
              "PUT",
              "/api/v1/items/" + productId + "/listing",
              Map.of(
                  "price",
                  Map.of("amount", 1_000 + i, "currency", "KRW"),
                  "quantity",
                  PLENTY,
                  "status",
                  "ON_SALE"),
              seller,
              201);
      offers.add(
          new Offer(
              Long.parseLong(productId),
              name,
              listing.path("listingId").asLong(),
              listing.path("sellerId").asLong(),
              1_000 + i));
    }
    for (Offer offer : offers) {
      awaitInSearch(offer);
    }
    return offers;
  }

  /** A new seller, who has nothing yet. */
  Seller seller() throws IOException, InterruptedException {
    String email = signUp();
    post("/api/v1/members/me/seller", Map.of("shopName", "부하 상점"), logIn(email), 201);
    String token = logIn(email); // with the role
    long id = send("GET", "/api/v1/members/me", Map.of(), token, 200).path("memberId").asLong();
    return new Seller(id, token);
  }

  private void awaitInSearch(Offer offer) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      HttpResponse<String> answer =
          exchange("GET", "/api/v1/products/" + offer.productId(), Map.of(), "");
      if (answer.statusCode() == 200 && !JSON.readTree(answer.body()).path("listings").isEmpty()) {
        return;
      }
      if (System.nanoTime() > end) {
        throw new IOException("product " + offer.productId() + " does not come into search");
      }
      Thread.sleep(50);
    }
  }

  /** New members with a token each. */
  List<Buyer> buyers(int count) throws IOException, InterruptedException {
    List<Buyer> buyers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String token = logIn(signUp());
      long id = send("GET", "/api/v1/members/me", Map.of(), token, 200).path("memberId").asLong();
      buyers.add(new Buyer(id, token));
    }
    return buyers;
  }

  /** The body of an order of these, one of each, by card. */
  static String order(List<Offer> offers) throws IOException {
    return JSON.writeValueAsString(
        Map.of(
            "items",
            offers.stream()
                .map(offer -> Map.of("productId", Long.toString(offer.productId()), "quantity", 1))
                .toList(),
            "payment",
            Map.of("method", "CARD", "token", "tok_ok")));
  }

  /** The e-mail address of a new member, whose password is {@link #PASSWORD}. */
  String signUp() throws IOException, InterruptedException {
    String email = UUID.randomUUID() + "@example.com";
    post("/api/v1/members", Map.of("email", email, "password", PASSWORD, "name", "부하"), "", 201);
    return email;
  }

  /** Answers an access token. */
  String logIn(String email) throws IOException, InterruptedException {
    return post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD), "", 200)
        .path("accessToken")
        .asText();
  }

  private JsonNode post(String path, Object body, String token, int expected)
      throws IOException, InterruptedException {
    return send("POST", path, body, token, expected);
  }

  private JsonNode send(String method, String path, Object body, String token, int expected)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = exchange(method, path, body, token);
    if (answer.statusCode() != expected) {
      throw new IOException(
          "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
    }
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> exchange(String method, String path, Object body, String token)
      throws IOException, InterruptedException {
    return http.send(request(method, path, body, token), HttpResponse.BodyHandlers.ofString());
  }

  /** A request, without a token when that is empty. */
  HttpRequest request(String method, String path, Object body, String token) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .timeout(LIMIT)
            .header("Content-Type", "application/json");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    request.method(
        method,
        method.equals("GET")
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    return request.build();
  }
}
