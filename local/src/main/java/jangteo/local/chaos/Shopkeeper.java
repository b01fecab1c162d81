package jangteo.local.chaos;

import jangteo.local.chaos.Operation.Kind;
import jangteo.local.chaos.Operation.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** A seller at work while others buy: counts the stock, changes a price. */
final class Shopkeeper {
  private static final int TRIES = 30;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);

  private final Client client;
  private final Seller seller;
  private final SplittableRandom random;

  Shopkeeper(Client client, Seller seller, SplittableRandom random) {
    this.client = client;
    this.seller = seller;
    this.random = random;
  }

  /** Does one thing or the other. */
  void work() throws InterruptedException {
    if (random.nextInt(100) < 60) {
      count();
    } else {
      reprice();
    }
  }

  /** Some pieces are found or lost; losing what is reserved is refused. */
  private void count() throws InterruptedException {
    List<String> products = List.copyOf(seller.counted().keySet());
    String product = products.get(random.nextInt(products.size()));
    long found = random.nextInt(1, 6);
    long delta = random.nextInt(100) < 60 ? found : -found;
    String key = key();
    Operation counted =
        client.insist(
            seller.name(),
            Kind.COUNT,
            key,
            TRIES,
            BETWEEN_TRIES,
            shop ->
                shop.post("/api/v1/items/" + product + "/listing/stock")
                    .as(seller.token())
                    .key(key)
                    .body(Map.of("delta", delta)));
    Tally tally = seller.counted().get(product);
    if (tally != null) {
      tally.add(delta, counted.outcome());
    }
  }

  private void reprice() throws InterruptedException {
    long price = Market.PRICE + 100L * random.nextInt(1, 100);
    String key = key();
    Map<String, Object> listing =
        Map.of("price", Market.money(price), "quantity", Market.AMPLE, "status", "ON_SALE");
    Instant begin = client.now();
    Operation put =
        client.insist(
            seller.name(),
            Kind.PRICE,
            key,
            TRIES,
            BETWEEN_TRIES,
            shop ->
                shop.put("/api/v1/items/" + seller.priced() + "/listing")
                    .as(seller.token())
                    .key(key)
                    .body(listing));
    if (put.outcome() != Outcome.FAILED) {
      boolean known = put.outcome() == Outcome.OK;
      seller.tag(new PriceTag(price, begin, known ? put.end() : Instant.MAX));
    }
  }

  private String key() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
