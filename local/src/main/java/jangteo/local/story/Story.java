package jangteo.local.story;

import jangteo.local.Refusal;
import jangteo.local.story.Shop.Answer;
import jangteo.local.story.Shop.Call;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A seller and a buyer, from sign-up to an order that is confirmed and one that is not. It may be
 * told any number of times on the same shop: each telling has its own members and its own product.
 */
public final class Story {
  private static final Duration SEARCHABLE = Duration.ofSeconds(1);

  /** A cold shop on a busy machine breaks the promise of a second without being broken. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration DECIDED = Duration.ofSeconds(6);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int STOCK = 5;

  private final Shop shop;
  private final Cast cast;
  private final PrintWriter out;

  /** At the gateway's address, {@code http://host:port}, told to the writer. */
  public Story(String gateway, PrintWriter out) {
    this.shop = new Shop(gateway, out);
    this.cast = new Cast(shop);
    this.out = out;
  }

  /**
   * Tells the story.
   *
   * @throws Refusal at the first step that ends otherwise than it should
   */
  public void tell() throws IOException, InterruptedException {
    chapter("A seller and a buyer sign up and log in.");
    cast.signUp("buyer", "김구매");
    String seller = cast.seller();
    String buyer = cast.logIn("buyer");

    chapter("Nobody sells tangerines of this name yet.");
    Call search =
        shop.get("/api/v1/products?q=" + URLEncoder.encode(cast.mark(), StandardCharsets.UTF_8));
    require(search.expect(200), "/total", "0");

    chapter("The seller lists a product; it appears in search within a second.");
    String product = cast.listProduct(seller, STOCK);
    findInSearch(search, product);

    chapter("The buyer orders it, and the order is confirmed.");
    String order = cast.order(buyer, product, 2);
    Answer confirmed = decided(buyer, order, "CONFIRMED");
    require(confirmed, "/buyer/name", "김구매");
    require(confirmed, "/items/0/sellerName", cast.shopName());

    chapter("A second order, for more than the stock, is rejected, and nothing is charged.");
    String greedy = cast.order(buyer, product, STOCK * 10);
    require(decided(buyer, greedy, "REJECTED"), "/reason", "OUT_OF_STOCK");
    nothingCharged(buyer, greedy);

    chapter("The buyer logs out, and the token stops working at once.");
    shop.post("/api/v1/auth/logout").as(buyer).expect(204);
    shop.get("/api/v1/orders/" + order).as(buyer).expect(401);
    out.println();
    out.println("The story is told, as it should be.");
  }

  private void findInSearch(Call search, String product) throws IOException, InterruptedException {
    long start = System.nanoTime();
    awaited(
        search,
        PATIENCE,
        "the product is in search",
        answer ->
            answer.text("/items/0/productId").equals(product)
                && answer.text("/items/0/listings/0/sellerName").equals(cast.shopName()));
    if (System.nanoTime() - start > SEARCHABLE.toNanos()) {
      out.println("    (later than it should: the shop has just started, or the machine is busy)");
    }
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

  private void chapter(String line) {
    out.println();
    out.println(line);
  }
}
