package jangteo.local.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import jangteo.local.Refusal;
import jangteo.local.shop.Admin;
import jangteo.local.story.Cast;
import jangteo.local.story.Shop;
import jangteo.local.story.Shop.Answer;
import jangteo.local.story.Shop.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Whom the shop is asked by: two members who have sold to each other, with what members have, and
 * the administrator.
 *
 * @param file how they log in, as a document of the Web Fuzzing Commons
 */
record People(Path file) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SELLER = "seller";
  private static final String STRANGER = "stranger";
  private static final long STOCK = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(100);

  /**
   * Signs them up and lets them trade.
   *
   * @throws Refusal when the shop does not do its part
   */
  static People gather(Shop shop, Admin admin, Path file) throws IOException, InterruptedException {
    Cast seller = new Cast(shop);
    Cast stranger = new Cast(shop);
    String sellers = seller.seller();
    String strangers = stranger.seller();
    String product = listed(shop, seller, sellers);
    String another = listed(shop, stranger, strangers);
    buyAndReview(shop, seller, sellers, another);
    buyAndReview(shop, stranger, strangers, product);
    settleIn(shop, sellers);
    Files.writeString(
        file,
        JSON.writeValueAsString(
            Map.of(
                "auth",
                List.of(
                    login(SELLER, seller.credentials(SELLER)),
                    login(STRANGER, stranger.credentials(SELLER)),
                    login(
                        "admin", Map.of("email", admin.email(), "password", admin.password()))))));
    return new People(file);
  }

  private static String listed(Shop shop, Cast cast, String token)
      throws IOException, InterruptedException {
    String product = cast.listProduct(token, STOCK);
    await(
        shop.get("/api/v1/products/" + product),
        "the product is in search",
        answer -> !answer.text("/listings/0/price/amount").isEmpty());
    return product;
  }

  private static void buyAndReview(Shop shop, Cast cast, String token, String product)
      throws IOException, InterruptedException {
    String order = cast.order(token, product, 2);
    await(
        shop.get("/api/v1/orders/" + order).as(token),
        "the order is confirmed",
        answer -> answer.text("/status").equals("CONFIRMED"));
    await(
        shop.post("/api/v1/products/" + product + "/reviews")
            .as(token)
            .body(Map.of("rating", 5, "title", "좋아요", "text", "또 살 거예요.")),
        "the buyer may review",
        answer -> answer.status() == 201);
  }

  private static void settleIn(Shop shop, String token) throws IOException, InterruptedException {
    shop.post("/api/v1/members/me/addresses")
        .as(token)
        .body(
            Map.of(
                "recipient", "박상인",
                "phone", "010-1234-5678",
                "postalCode", "63122",
                "line1", "제주시 첨단로 1"))
        .expect(201);
    shop.post("/api/v1/wallet/deposits")
        .as(token)
        .key(UUID.randomUUID().toString())
        .body(Map.of("amount", Map.of("amount", 1_000_000, "currency", "KRW"), "token", "tok_ok"))
        .expect(201);
  }

  private static Map<String, Object> login(String name, Map<String, String> credentials)
      throws IOException {
    return Map.of(
        "name",
        name,
        "loginEndpointAuth",
        Map.of(
            "endpoint", "/api/v1/auth/login",
            "verb", "POST",
            "contentType", "application/json",
            "payloadRaw", JSON.writeValueAsString(credentials),
            "token",
                Map.of(
                    "extractFrom", "body",
                    "extractSelector", "/accessToken",
                    "sendIn", "header",
                    "sendName", "Authorization",
                    "sendTemplate", "Bearer {token}")));
  }

  private static void await(Call call, String what, Predicate<Answer> so)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Answer answer = call.send();
    while (!so.test(answer)) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new Refusal(
            "Not so within %d s: %s (%d %s)."
                .formatted(PATIENCE.toSeconds(), what, answer.status(), answer.body()));
      }
      Thread.sleep(LOOK);
      answer = call.send();
    }
  }
}
