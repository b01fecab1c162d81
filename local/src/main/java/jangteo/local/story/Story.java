package jangteo.local.story;

import jangteo.local.Refusal;
import jangteo.local.story.Shop.Answer;
import jangteo.local.story.Shop.Call;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A seller and a buyer, from sign-up to an order that is confirmed and one that is not. It may be
 * told any number of times on the same shop: each telling has its own members and its own product.
 */
public final class Story {
  private static final Duration SEARCHABLE = Duration.ofSeconds(1);
  private static final Duration DECIDED = Duration.ofSeconds(6);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final long PRICE = 12_900;
  private static final int STOCK = 5;
  private static final String PASSWORD = "correct horse battery 한글";

  private final Shop shop;
  private final PrintWriter out;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  /** At the gateway's address, {@code http://host:port}, told to the writer. */
  public Story(String gateway, PrintWriter out) {
    this.shop = new Shop(gateway, out);
    this.out = out;
  }

  /**
   * Tells the story.
   *
   * @throws Refusal at the first step that ends otherwise than it should
   */
  public void tell() throws IOException, InterruptedException {
    chapter("A seller and a buyer sign up and log in.");
    signUp("seller", "박상인");
    signUp("buyer", "김구매");
    shop.post("/api/v1/members/me/seller")
        .as(logIn("seller").text("/accessToken"))
        .body(Map.of("shopName", shopName()))
        .expect(201);
    String seller = logIn("seller").text("/accessToken");
    Answer session = logIn("buyer");
    String buyer = session.text("/accessToken");

    chapter("The seller lists a product; it appears in search within a second.");
    String product = listProduct(seller);
    findInSearch(product);

    chapter("The buyer orders it, and the order is confirmed.");
    String order = order(buyer, product, 2);
    Answer confirmed = decided(buyer, order, "CONFIRMED");
    require(confirmed, "/buyer/name", "김구매");
    require(confirmed, "/items/0/sellerName", shopName());

    chapter("A second order, for more than the stock, is rejected, and nothing is charged.");
    String greedy = order(buyer, product, STOCK * 10);
    require(decided(buyer, greedy, "REJECTED"), "/reason", "OUT_OF_STOCK");
    nothingCharged(buyer, greedy);

    chapter("The buyer logs out, and the token stops working at once.");
    shop.post("/api/v1/auth/logout").as(buyer).expect(204);
    shop.get("/api/v1/orders/" + order).as(buyer).expect(401);
    out.println();
    out.println("The story is told, as it should be.");
  }

  private void signUp(String who, String name) throws IOException, InterruptedException {
    shop.post("/api/v1/members")
        .body(Map.of("email", email(who), "password", PASSWORD, "name", name))
        .expect(201);
  }

  private Answer logIn(String who) throws IOException, InterruptedException {
    return shop.post("/api/v1/auth/login")
        .body(Map.of("email", email(who), "password", PASSWORD))
        .expect(200);
  }

  private String listProduct(String seller) throws IOException, InterruptedException {
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
    shop.put("/api/v1/items/" + product + "/listing")
        .as(seller)
        .body(
            Map.of(
                "price",
                Map.of("amount", PRICE, "currency", "KRW"),
                "quantity",
                STOCK,
                "status",
                "ON_SALE"))
        .expect(201);
    return product;
  }

  private void findInSearch(String product) throws IOException, InterruptedException {
    Call search = shop.get("/api/v1/products?q=" + URLEncoder.encode(mark, StandardCharsets.UTF_8));
    awaited(
        search,
        SEARCHABLE,
        "the product is in search",
        answer ->
            answer.text("/items/0/productId").equals(product)
                && answer.text("/items/0/listings/0/sellerName").equals(shopName()));
  }

  private String order(String buyer, String product, int quantity)
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

  private Answer decided(String buyer, String order, String status)
      throws IOException, InterruptedException {
    Call read = shop.get("/api/v1/orders/" + order).as(buyer);
    Answer answer =
        awaited(
            read,
            DECIDED,
            "the order is decided",
            seen -> seen.status() == 200 && !seen.text("/status").equals("PLACED"));
    require(answer, "/status", status);
    return answer;
  }

  private void nothingCharged(String buyer, String order) throws IOException, InterruptedException {
    Answer payments =
        awaited(
            shop.get("/api/v1/payments?orderId=" + order).as(buyer),
            DECIDED,
            "what was authorised is void",
            seen -> seen.status() == 200 && !seen.body().toString().contains("\"AUTHORIZED\""));
    if (payments.body().toString().contains("\"CAPTURED\"")) {
      throw new Refusal("The rejected order " + order + " was charged: " + payments.body());
    }
  }

  /** Asks until it is so, then tells the last answer and how long it took. */
  private Answer awaited(Call call, Duration limit, String what, Predicate<Answer> so)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Answer answer = call.send();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (so.test(answer)) {
        call.tell(answer);
        out.printf("    (%s after %d ms)%n", what, took.toMillis());
        return answer;
      }
      if (took.compareTo(limit) > 0) {
        call.tell(answer);
        throw new Refusal("Not so within %d ms: %s.".formatted(limit.toMillis(), what));
      }
      Thread.sleep(LOOK);
    }
  }

  private static void require(Answer answer, String pointer, String expected) {
    if (!answer.text(pointer).equals(expected)) {
      throw new Refusal(
          "%s should be %s and is %s.".formatted(pointer, expected, answer.body().at(pointer)));
    }
  }

  private String email(String who) {
    return who + "-" + mark + "@example.com";
  }

  private String shopName() {
    return "한라 과일 " + mark;
  }

  private void chapter(String line) {
    out.println();
    out.println(line);
  }
}
