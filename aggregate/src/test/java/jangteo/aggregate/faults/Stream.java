package jangteo.aggregate.faults;

import static jangteo.aggregate.RunningAggregate.rating;
import static jangteo.aggregate.RunningAggregate.seller;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.aggregate.RunningAggregate;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Publisher;
import jangteo.testkit.Rest;
import jangteo.testkit.TestTokens;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One client's changes, one after the other, each tried until it is taken: products, listings and
 * stock over item's REST; names, ratings and erasures as member and review would send them. No two
 * clients change the same thing, so that each knows what has to come of it.
 */
final class Stream implements Runnable {

  private static final long PATIENCE = 100_000_000;
  private static final int A_WHILE = 400;

  private final int client;
  private final int changes;
  private final Rest item;
  private final TestTokens tokens;
  private final Publisher others;
  private final Random random;
  private final AtomicInteger made;
  private final List<Long> products = new ArrayList<>();
  private final Map<Long, Long> ratings = new HashMap<>();
  private final Map<Long, Long> names = new HashMap<>();
  private final Map<Long, Boolean> erased = new HashMap<>();
  private final Map<Long, Rest> clients = new HashMap<>();
  private int calls;

  Stream(
      int client, int changes, Rest item, TestTokens tokens, Publisher others, AtomicInteger made) {
    this.client = client;
    this.changes = changes;
    this.item = item;
    this.tokens = tokens;
    this.others = others;
    this.random = new Random(client);
    this.made = made;
  }

  /** The last version of each product's rating. */
  Map<Long, Long> ratings() {
    return ratings;
  }

  /** The last version of each seller's name, erasures included. */
  Map<Long, Long> names() {
    return names;
  }

  /** Whether the seller is no more. */
  boolean isErased(long sellerId) {
    return erased.getOrDefault(sellerId, false);
  }

  @Override
  public void run() {
    for (int i = 0; i < changes; i++) {
      change();
      made.incrementAndGet();
    }
  }

  private void change() {
    int what = random.nextInt(100);
    if (products.size() < 5 || what < 10) {
      products.add(
          call("POST", "/api/v1/items", Map.of("name", "상품 " + random.nextInt()))
              .at("/productId")
              .asLong());
    } else if (what < 35) {
      call("PATCH", "/api/v1/items/" + one(), Map.of("name", "이름 " + random.nextInt(1_000)));
    } else if (what < 60) {
      call(
          "PUT",
          "/api/v1/items/" + one() + "/listing",
          Map.of(
              "price",
              Map.of("amount", 1 + random.nextInt(100_000), "currency", "KRW"),
              "quantity",
              random.nextInt(20),
              "status",
              random.nextInt(5) == 0 ? "PAUSED" : "ON_SALE"));
    } else if (what < 75) {
      long product = one();
      call(
          "PUT",
          "/api/v1/items/" + product + "/listing",
          Map.of(
              "price",
              Map.of("amount", 500, "currency", "KRW"),
              "quantity",
              9,
              "status",
              "ON_SALE"));
      call("POST", "/api/v1/items/" + product + "/listing/stock", Map.of("delta", 1));
    } else if (what < 88) {
      long product = one();
      send(rating(product, ratings.merge(product, 1L, Long::sum)));
    } else if (what < 99) {
      long seller = sellerId();
      if (!isErased(seller)) {
        long version = names.merge(seller, 1L, Long::sum);
        send(seller(seller, version, "가게 " + seller + " " + version));
      }
    } else {
      long seller = sellerId();
      if (!isErased(seller)) {
        erased.put(seller, true);
        send(RunningAggregate.erased("members", seller, names.merge(seller, 1L, Long::sum)));
      }
    }
  }

  private long one() {
    return products.get(random.nextInt(products.size()));
  }

  /** Signing is what costs most here; a token is used for a while, but never until it ends. */
  private Rest as(long member) {
    if (calls++ % A_WHILE == 0) {
      clients.clear();
    }
    return clients.computeIfAbsent(member, id -> item.as(tokens.token(id, "SELLER")));
  }

  private long sellerId() {
    return 100L * (client + 1) + random.nextInt(10);
  }

  /** Products are the client's own; each of its sellers lists them. */
  private JsonNode call(String method, String path, Map<String, ?> body) {
    long member = path.contains("/listing") ? sellerId() : 100L * (client + 1);
    String key = UUID.randomUUID().toString();
    while (true) {
      try {
        Rest rest = as(member);
        Rest.Answer answer =
            switch (method) {
              case "POST" -> rest.post(path, body, "Idempotency-Key", key);
              case "PUT" -> rest.put(path, body, "Idempotency-Key", key);
              default -> rest.patch(path, body, "Idempotency-Key", key);
            };
        if (answer.status() < 500) {
          return answer.body();
        }
      } catch (UncheckedIOException e) {
        // Nobody knows: the same key again.
      }
      LockSupport.parkNanos(PATIENCE);
    }
  }

  private void send(Event event) {
    while (true) {
      try {
        others.send(event);
        return;
      } catch (RuntimeException e) {
        LockSupport.parkNanos(PATIENCE);
      }
    }
  }
}
