package jangteo.item;

import jangteo.item.v1.ProductChanged;
import jangteo.testkit.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Another seller, who changes one product again and again and waits until the topic tells it. */
final class Bystander implements Runnable {

  private final Rest owner;
  private final Topics topics;
  private final String product;
  private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean ended;

  Bystander(RunningItem item, Topics topics) {
    this.owner = item.seller();
    this.topics = topics;
    this.product = item.product("남의 것");
  }

  /** Ends with the change that is on its way. */
  void end() {
    ended = true;
  }

  @Override
  public void run() {
    long id = Long.parseLong(product);
    try (Topics.Tail tail = topics.tail("products")) {
      while (!ended) {
        String name = "남의 것 " + waits.size();
        long start = System.nanoTime();
        owner.patch("/api/v1/items/" + product, Map.of("name", name));
        tail.await(
            ProductChanged.parser(),
            changed -> changed.getProductId() == id && changed.getName().equals(name));
        waits.add(Duration.ofNanos(System.nanoTime() - start));
      }
    }
  }

  @Override
  public String toString() {
    List<Long> sorted = waits.stream().map(Duration::toMillis).sorted().toList();
    return sorted.isEmpty()
        ? "none"
        : "%d, p50 %d ms, max %d ms"
            .formatted(sorted.size(), sorted.get(sorted.size() / 2), sorted.getLast());
  }
}
