package jangteo.local.chaos;

import jangteo.local.Refusal;
import jangteo.local.chaos.Operation.Outcome;
import jangteo.local.story.Cast;
import jangteo.local.story.Shop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who sells what, and who buys.
 *
 * @param ample products whose stock does not run out
 * @param scarce products whose stock does, soon
 * @param priced products whose price moves
 * @param initial the stock of each product at the beginning, but for those whose price moves: with
 *     the price a seller also says what is on hand
 */
record Market(
    List<String> ample,
    List<String> scarce,
    List<String> priced,
    Map<String, Long> initial,
    List<Seller> sellers,
    List<Buyer> buyers) {
  /** What a product costs at first, in minor units. */
  static final long PRICE = Cast.PRICE;

  static final long AMPLE = 1_000_000;
  private static final int SELLERS = 3;
  private static final int BUYERS = 6;
  private static final int PRODUCTS_EACH = 2;
  private static final long SCARCE = 40;
  private static final long WALLET = 500_000_000;
  private static final Duration SEARCHABLE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Signs everybody up, lists everything, fills the wallets; all of it in a healthy shop. */
  static Market open(Shop shop) throws IOException, InterruptedException {
    List<String> ample = new ArrayList<>();
    List<String> scarce = new ArrayList<>();
    List<Seller> sellers = new ArrayList<>();
    Map<String, Long> initial = new LinkedHashMap<>();
    for (int i = 0; i < SELLERS; i++) {
      Cast cast = new Cast(shop);
      String token = cast.seller();
      List<String> counted = new ArrayList<>();
      for (int n = 0; n < PRODUCTS_EACH; n++) {
        ample.add(cast.listProduct(token, AMPLE));
        initial.put(ample.getLast(), AMPLE);
        scarce.add(cast.listProduct(token, SCARCE));
        initial.put(scarce.getLast(), SCARCE);
        counted.addAll(List.of(ample.getLast(), scarce.getLast()));
      }
      String priced = cast.listProduct(token, AMPLE);
      sellers.add(new Seller("seller " + (i + 1), cast, counted, priced));
      sellers.getLast().logIn();
    }
    List<Buyer> buyers = new ArrayList<>();
    for (int i = 0; i < BUYERS; i++) {
      buyers.add(buyer(shop, "buyer " + (i + 1)));
    }
    List<String> priced = sellers.stream().map(Seller::priced).toList();
    for (String product : initial.keySet()) {
      awaitSearchable(shop, product);
    }
    for (String product : priced) {
      awaitSearchable(shop, product);
    }
    return new Market(
        List.copyOf(ample),
        List.copyOf(scarce),
        priced,
        Map.copyOf(initial),
        List.copyOf(sellers),
        List.copyOf(buyers));
  }

  /** Every product. */
  List<String> products() {
    return Stream.of(ample, scarce, priced).flatMap(List::stream).toList();
  }

  /** Who sells the product: each has one seller. */
  Seller sellerOf(String product) {
    return sellers.stream()
        .filter(seller -> seller.sells(product))
        .findFirst()
        .orElseThrow(() -> new Refusal("Nobody sells product " + product + "."));
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
    buyer.deposits().add(WALLET, Outcome.OK);
    return buyer;
  }

  static Map<String, Object> deposit(long amount) {
    return Map.of("amount", money(amount), "token", "tok_ok");
  }

  static Map<String, Object> money(long amount) {
    return Map.of("amount", amount, "currency", "KRW");
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
