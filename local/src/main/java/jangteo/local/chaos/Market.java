package jangteo.local.chaos;

import jangteo.local.Refusal;
import jangteo.local.story.Cast;
import jangteo.local.story.Shop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Who sells what, and who buys.
 *
 * @param ample products whose stock does not run out
 * @param scarce products whose stock does, soon
 * @param initial the stock of each product at the beginning
 */
record Market(
    List<String> ample, List<String> scarce, Map<String, Long> initial, List<Buyer> buyers) {
  private static final int SELLERS = 3;
  private static final int BUYERS = 6;
  private static final int PRODUCTS_EACH = 2;
  private static final long AMPLE = 1_000_000;
  private static final long SCARCE = 40;
  private static final long WALLET = 500_000_000;
  private static final Duration SEARCHABLE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Signs everybody up, lists everything, fills the wallets; all of it in a healthy shop. */
  static Market open(Shop shop) throws IOException, InterruptedException {
    List<String> ample = new ArrayList<>();
    List<String> scarce = new ArrayList<>();
    Map<String, Long> initial = new LinkedHashMap<>();
    for (int i = 0; i < SELLERS; i++) {
      Cast cast = new Cast(shop);
      String seller = cast.seller();
      for (int n = 0; n < PRODUCTS_EACH; n++) {
        ample.add(cast.listProduct(seller, AMPLE));
        initial.put(ample.getLast(), AMPLE);
        scarce.add(cast.listProduct(seller, SCARCE));
        initial.put(scarce.getLast(), SCARCE);
      }
    }
    List<Buyer> buyers = new ArrayList<>();
    for (int i = 0; i < BUYERS; i++) {
      buyers.add(buyer(shop, "buyer " + (i + 1)));
    }
    for (String product : initial.keySet()) {
      awaitSearchable(shop, product);
    }
    return new Market(
        List.copyOf(ample), List.copyOf(scarce), Map.copyOf(initial), List.copyOf(buyers));
  }

  private static Buyer buyer(Shop shop, String name) throws IOException, InterruptedException {
    Cast cast = new Cast(shop);
    cast.signUp("buyer", name);
    Buyer buyer = new Buyer(name, cast);
    shop.post("/api/v1/wallet/deposits")
        .as(buyer.logIn())
        .key(UUID.randomUUID().toString())
        .body(deposit(WALLET))
        .expect(201);
    buyer.deposited(WALLET);
    return buyer;
  }

  static Map<String, Object> deposit(long amount) {
    return Map.of("amount", Map.of("amount", amount, "currency", "KRW"), "token", "tok_ok");
  }

  private static void awaitSearchable(Shop shop, String product)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (shop.get("/api/v1/products/" + product)
        .send()
        .text("/listings/0/price/amount")
        .isEmpty()) {
      if (System.nanoTime() - begin > SEARCHABLE.toNanos()) {
        throw new Refusal("Product " + product + " did not appear in search.");
      }
      Thread.sleep(LOOK);
    }
  }
}
