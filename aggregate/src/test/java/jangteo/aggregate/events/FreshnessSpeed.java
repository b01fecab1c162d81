package jangteo.aggregate.events;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import jangteo.aggregate.RunningAggregate;
import jangteo.testkit.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/**
 * From item's answer to a change, which follows its commit at once, until the document that search
 * reads has it; no part of the suite: {@code ./jangteo mvn -pl aggregate -am package
 * -Dtest=FreshnessSpeed -Dsurefire.failIfNoSpecifiedTests=false}. Of a shop that is up: {@code
 * ./jangteo bench freshness}.
 */
final class FreshnessSpeed {

  private static final int SECONDS = Integer.getInteger("jangteo.freshness.seconds", 15);
  private static final int PRODUCTS = 500;

  /** Looking costs as well: this is how exact it is. */
  private static final long TICK = 4_000_000;

  private record Change(long version, long answered) {}

  private final Map<Long, Change> awaited = new ConcurrentHashMap<>();
  private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean ended;

  @Test
  void untilItIsVisible() throws InterruptedException {
    try (RunningAggregate shop = RunningAggregate.startWithItem()) {
      Rest seller = shop.seller(7);
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < PRODUCTS; i++) {
        ids.add(
            seller
                .post("/api/v1/items", Map.of("name", "무선 이어폰 " + i, "brand", "소리"))
                .body()
                .at("/productId")
                .asLong());
      }
      MongoCollection<Document> products = shop.database().getCollection("products");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> products.countDocuments(Filters.in("_id", ids)) == PRODUCTS);
      for (int rate : List.of(100, 10, 200, 1_000)) {
        measure(rate, seller, ids, products);
      }
    }
  }

  private void measure(int rate, Rest seller, List<Long> ids, MongoCollection<Document> products)
      throws InterruptedException {
    nanos.clear();
    ended = false;
    AtomicLong open = new AtomicLong();
    Thread watching = Thread.ofPlatform().start(() -> watch(products));
    long begun = System.nanoTime();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < rate * SECONDS; i++) {
        LockSupport.parkNanos(begun + i * 1_000_000_000L / rate - System.nanoTime());
        long id = ids.get(i % PRODUCTS);
        int n = i;
        if (open.get() < 64) {
          open.incrementAndGet();
          var unused =
              clients.submit(
                  () -> {
                    change(seller, id, rate, n);
                    return open.decrementAndGet();
                  });
        }
      }
    }
    double took = (System.nanoTime() - begun) / 1e9;
    await().atMost(Duration.ofMinutes(1)).until(awaited::isEmpty);
    ended = true;
    watching.join();
    List<Long> sorted = nanos.stream().sorted().toList();
    System.err.printf(
        "asked for %d changes/s, %.0f/s done; %d seen: p50 %.0f ms, p99 %.0f ms, max %.0f ms%n",
        rate,
        sorted.size() / took,
        sorted.size(),
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get(sorted.size() * 99 / 100) / 1e6,
        sorted.getLast() / 1e6);
  }

  /** A product is not changed again before it is seen: the next in turn comes round much later. */
  private void change(Rest seller, long id, int rate, int n) {
    Rest.Answer answer =
        seller.patch("/api/v1/items/" + id, Map.of("description", "판 " + rate + " " + n));
    long version = answer.body().at("/version").asLong();
    if (answer.status() == 200 && version > 0) {
      awaited.merge(
          id,
          new Change(version, System.nanoTime()),
          (one, other) -> one.version() > other.version() ? one : other);
    }
  }

  private void watch(MongoCollection<Document> products) {
    while (!ended) {
      List<Long> ids = List.copyOf(awaited.keySet());
      if (!ids.isEmpty()) {
        for (Document found :
            products
                .find(Filters.in("_id", ids))
                .projection(Projections.include("product.version"))) {
          seen(found.getLong("_id"), found.getEmbedded(List.of("product", "version"), 0L));
        }
      }
      LockSupport.parkNanos(TICK);
    }
  }

  private void seen(long id, long version) {
    Change change = awaited.get(id);
    if (change != null && change.version() <= version && awaited.remove(id, change)) {
      nanos.add(System.nanoTime() - change.answered());
    }
  }
}
