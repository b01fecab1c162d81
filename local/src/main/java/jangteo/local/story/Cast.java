package jangteo.local.story;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A seller and a buyer of their own, with what they do; each cast has its own e-mail addresses. */
public final class Cast {
  /** What a product of a cast costs, in minor units. */
  public static final long PRICE = 12_900;

  private static final String PASSWORD = "correct horse battery 한글";

  private final Shop shop;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  /** A new cast in that shop. */
  public Cast(Shop shop) {
    this.shop = shop;
  }

  /** What is in the names of this cast and of no other. */
  String mark() {
    return mark;
  }

  String shopName() {
    return "한라 과일 " + mark;
  }

  /** Signs up as that person, under that name. */
  public void signUp(String who, String name) throws IOException, InterruptedException {
    shop.post("/api/v1/members")
        .body(Map.of("email", email(who), "password", PASSWORD, "name", name))
        .expect(201);
  }

  /** Answers the access token. */
  public String logIn(String who) throws IOException, InterruptedException {
    return shop.post("/api/v1/auth/login").body(credentials(who)).expect(200).text("/accessToken");
  }

  /** What that person logs in with. */
  public Map<String, String> credentials(String who) {
    return Map.of("email", email(who), "password", PASSWORD);
  }

  /** Signs the seller up and answers an access token that has the role. */
  public String seller() throws IOException, InterruptedException {
    signUp("seller", "박상인");
    shop.post("/api/v1/members/me/seller")
        .as(logIn("seller"))
        .body(Map.of("shopName", shopName()))
        .expect(201);
    return logIn("seller");
  }

  /** Answers the id of a product on sale. */
  public String listProduct(String seller, long stock) throws IOException, InterruptedException {
    String product =
        shop.post("/api/v1/items")
            .as(seller)
            .body(
                Map.of(
                    "name", "제주 감귤 " + mark,
                    "description", "Tangerines from Jeju, 3 kg",
                    "category", "fruit",
                    "brand", "한라"))
            .expect(201)
            .text("/productId");
    Map<String, Object> price = Map.of("amount", PRICE, "currency", "KRW");
    shop.put("/api/v1/items/" + product + "/listing")
        .as(seller)
        .body(Map.of("price", price, "quantity", stock, "status", "ON_SALE"))
        .expect(201);
    return product;
  }

  /** Answers the id of an order that was placed and is not decided yet. */
  public String order(String buyer, String product, int quantity)
      throws IOException, InterruptedException {
    return shop.post("/api/v1/orders")
        .as(buyer)
        .key(UUID.randomUUID().toString())
        .body(
            Map.of(
                "items", List.of(Map.of("productId", product, "quantity", quantity)),
                "payment", Map.of("method", "CARD", "token", "tok_ok")))
        .expect(202)
        .text("/orderId");
  }

  private String email(String who) {
    return who + "-" + mark + "@example.com";
  }
}
