package jangteo.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.local.Refusal;
import jangteo.local.chaos.Aftermath.Audit;
import jangteo.local.chaos.Aftermath.Line;
import jangteo.local.chaos.Aftermath.Offer;
import jangteo.local.chaos.Aftermath.Order;
import jangteo.local.chaos.Aftermath.Payment;
import jangteo.local.chaos.Aftermath.Wallet;
import jangteo.local.shop.Admin;
import jangteo.local.story.Shop;
import jangteo.local.story.Shop.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Asks the shop, through the gateway, how everything is in the end. */
final class Gathering {
  /** An audit that finds something looks again, and reads more the more orders there are. */
  private static final Duration AUDITED = Duration.ofMinutes(2);

  private final Shop shop;
  private final Market market;
  private final Admin admin;

  Gathering(Shop shop, Market market, Admin admin) {
    this.shop = shop;
    this.market = market;
    this.admin = admin;
  }

  /**
   * How everything is now.
   *
   * @throws Refusal when an answer is not what it should be
   */
  Aftermath gather() throws IOException, InterruptedException {
    Map<String, Order> orders = new HashMap<>();
    Map<String, Wallet> wallets = new LinkedHashMap<>();
    for (Buyer buyer : market.buyers()) {
      String token = buyer.logIn();
      pages("/api/v1/orders", token, item -> keep(orders, order(buyer.name(), item)));
      wallets.put(buyer.name(), wallet(token));
    }
    String token = shop.logIn(admin);
    Map<String, List<Payment>> payments = new HashMap<>();
    pages(
        "/api/v1/payments",
        token,
        item ->
            payments
                .computeIfAbsent(item.path("orderId").asText(), id -> new ArrayList<>())
                .add(
                    new Payment(
                        item.path("paymentId").asText(),
                        item.path("status").asText(),
                        item.at("/amount/amount").asLong())));
    Map<String, Offer> offers = new LinkedHashMap<>();
    for (String product : market.products()) {
      Answer shown = shop.get("/api/v1/products/" + product).expect(200);
      offers.put(
          product,
          new Offer(shown.whole("/listings/0/quantity"), shown.whole("/listings/0/price/amount")));
    }
    return new Aftermath(orders, payments, offers, wallets, audit(token));
  }

  private static void keep(Map<String, Order> orders, Order order) {
    orders.put(order.sight().orderId(), order);
  }

  private Order order(String buyer, JsonNode item) {
    List<Line> lines = new ArrayList<>();
    item.path("items").forEach(line -> lines.add(line(line)));
    return new Order(
        Sight.in(item).orElseThrow(() -> new Refusal("This is no order: " + item)),
        buyer,
        List.copyOf(lines),
        item.at("/total/amount").asLong(),
        item.at("/payment/method").asText());
  }

  private Line line(JsonNode line) {
    String product = line.path("productId").asText();
    return new Line(
        product,
        market.sellerOf(product).name(),
        line.path("quantity").asLong(),
        line.at("/price/amount").asLong(),
        line.path("fulfilment").asText());
  }

  private Wallet wallet(String token) throws IOException, InterruptedException {
    long[] entries = {0};
    pages(
        "/api/v1/wallet",
        token,
        "entries",
        entry -> entries[0] += entry.at("/amount/amount").asLong());
    long balance = shop.get("/api/v1/wallet").as(token).expect(200).whole("/balance/amount");
    return new Wallet(balance, entries[0]);
  }

  private Audit audit(String token) throws IOException, InterruptedException {
    Answer answer = shop.get("/api/v1/admin/audit").as(token).within(AUDITED).send();
    Map<String, List<String>> broken = new LinkedHashMap<>();
    if (answer.status() != 200) {
      broken.put("the audit answers", List.of("status " + answer.status()));
    }
    for (JsonNode invariant : answer.body().path("invariants")) {
      if (!invariant.path("ok").asBoolean()) {
        List<String> ids = new ArrayList<>();
        invariant.path("violations").forEach(id -> ids.add(id.asText()));
        broken.put(invariant.path("name").asText(), ids);
      }
    }
    return new Audit(broken);
  }

  private void pages(String path, String token, Consumer<JsonNode> each)
      throws IOException, InterruptedException {
    pages(path, token, "items", each);
  }

  private void pages(String path, String token, String list, Consumer<JsonNode> each)
      throws IOException, InterruptedException {
    String cursor = "";
    do {
      Answer page = shop.get(path + "?size=100" + cursor).as(token).expect(200);
      page.body().path(list).forEach(each);
      String next = page.body().path("nextCursor").asText("");
      cursor =
          next.isEmpty() || next.equals("null")
              ? ""
              : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!cursor.isEmpty());
  }
}
