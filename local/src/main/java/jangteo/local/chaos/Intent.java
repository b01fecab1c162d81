package jangteo.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What one customer has in mind; the shop's answers come later.
 *
 * @param key the idempotency key, the same for each try
 * @param buyer which of the buyers
 * @param lines what is ordered
 * @param wallet whether the wallet pays, else a card
 * @param token the card's token, which steers the simulated provider
 * @param twice whether two requests of the same key leave at once
 * @param follows whether the order's event stream is read, instead of asking again and again
 * @param cancels whether the order is cancelled
 * @param cancelAfter how long after the first answer, when it is
 * @param journey how far its goods go when it is confirmed
 */
record Intent(
    String key,
    int buyer,
    List<Wish> lines,
    boolean wallet,
    String token,
    boolean twice,
    boolean follows,
    boolean cancels,
    Duration cancelAfter,
    Journey journey) {

  /** One line of what is wanted. */
  record Wish(String productId, long quantity) {}

  /** How far the goods go; each includes the ones before. */
  enum Journey {
    NOWHERE,
    SHIPPED,
    DELIVERED,
    RETURNED
  }

  /** The n-th intent of a seed; always the same but for the products' ids. */
  static Intent of(long seed, long n, Market market) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + n);
    String key = new UUID(random.nextLong(), random.nextLong()).toString();
    boolean wallet = random.nextInt(100) < 30;
    return new Intent(
        key,
        random.nextInt(market.buyers().size()),
        lines(random, market),
        wallet,
        wallet ? "" : token(random.nextInt(100)),
        random.nextInt(100) < 10,
        random.nextInt(100) < 20,
        random.nextInt(100) < 12,
        // A third at once, the others around the decision and after it.
        Duration.ofMillis(Math.max(0, random.nextInt(-500, 1_000))),
        journey(random.nextInt(100)));
  }

  private static Journey journey(int percent) {
    if (percent < 70) {
      return Journey.NOWHERE;
    }
    if (percent < 78) {
      return Journey.SHIPPED;
    }
    return percent < 88 ? Journey.DELIVERED : Journey.RETURNED;
  }

  private static String token(int percent) {
    if (percent < 65) {
      return "tok_ok";
    }
    if (percent < 77) {
      return "tok_declined";
    }
    if (percent < 87) {
      return "tok_timeout_then_charged";
    }
    if (percent < 93) {
      return "tok_slow_8s";
    }
    return percent < 97 ? "tok_insufficient_funds" : "tok_error_500";
  }

  private static List<Wish> lines(SplittableRandom random, Market market) {
    int count = random.nextInt(100) < 75 ? 1 : random.nextInt(2, 5);
    List<Wish> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> from = shelf(random.nextInt(100), market);
      lines.add(new Wish(from.get(random.nextInt(from.size())), random.nextInt(1, 4)));
    }
    return List.copyOf(lines);
  }

  private static List<String> shelf(int percent, Market market) {
    if (percent < 70) {
      return market.ample();
    }
    return percent < 85 ? market.scarce() : market.priced();
  }

  /** Whether nothing but a fault can keep the order from being paid. */
  boolean isPayable() {
    return wallet || token.equals("tok_ok") || token.equals("tok_timeout_then_charged");
  }

  /** The order's JSON. */
  Map<String, Object> body() {
    List<Map<String, Object>> items =
        lines.stream()
            .map(
                line ->
                    Map.<String, Object>of(
                        "productId", line.productId(), "quantity", line.quantity()))
            .toList();
    Map<String, Object> payment =
        wallet ? Map.of("method", "WALLET") : Map.of("method", "CARD", "token", token);
    return Map.of("items", items, "payment", payment);
  }
}
