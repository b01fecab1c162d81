package jangteo.local.story;

import jangteo.local.Refusal;
import jangteo.local.story.Shop.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Orders at a steady pace, one at a time: how long each takes from its 202 to its end, as a client
 * sees it that asks again every few milliseconds; and how long after its deadline it ended, where a
 * participant did not answer.
 */
public final class Pace {
  private static final Duration BETWEEN_ORDERS = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Duration SEARCHABLE = Duration.ofSeconds(5);

  /** The first orders warm the services up and are not counted. */
  private static final int WARM_UP = 10;

  private final Shop shop;
  private final Cast cast;
  private final PrintWriter out;

  /** At the gateway's address, {@code http://host:port}; the figures go to the writer. */
  public Pace(String gateway, PrintWriter out) {
    this.shop = new Shop(gateway, new PrintWriter(Writer.nullWriter()));
    this.cast = new Cast(shop);
    this.out = out;
  }

  /** How an order ended; {@code late} is counted from its deadline, and negative before it. */
  private record End(String how, Duration took, Duration late) {
    boolean isByDeadline() {
      return !late.isNegative();
    }
  }

  /**
   * Places one order a second, or the next when one has ended that took longer, and prints the
   * percentiles of each way of ending.
   *
   * @param orders how many are counted
   * @throws Refusal when one does not end
   */
  public void keep(int orders) throws IOException, InterruptedException {
    cast.signUp("buyer", "김구매");
    String product = cast.listProduct(cast.seller(), orders + WARM_UP);
    String buyer = cast.logIn("buyer");
    awaitSearchable(product);
    Map<String, List<End>> ends = new TreeMap<>();
    long begun = System.nanoTime();
    for (int i = 0; i < orders + WARM_UP; i++) {
      long due = begun + i * BETWEEN_ORDERS.toNanos();
      Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      End end = end(buyer, cast.order(buyer, product, 1));
      if (i >= WARM_UP) {
        ends.computeIfAbsent(end.how(), how -> new ArrayList<>()).add(end);
      }
    }
    ends.forEach(this::print);
  }

  private void print(String how, List<End> ends) {
    printPercentiles("202 to " + how, ends.stream().map(End::took).sorted().toList());
    List<Duration> late = ends.stream().filter(End::isByDeadline).map(End::late).sorted().toList();
    if (!late.isEmpty()) {
      printPercentiles("deadline to " + how, late);
    }
  }

  private void printPercentiles(String way, List<Duration> sorted) {
    out.printf(
        Locale.ROOT,
        "%d orders, at most one a second, %s: p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, max %.0f ms%n",
        sorted.size(),
        way,
        percentile(sorted, 50),
        percentile(sorted, 90),
        percentile(sorted, 99),
        percentile(sorted, 100));
  }

  private void awaitSearchable(String product) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (shop.get("/api/v1/products/" + product)
        .send()
        .text("/listings/0/price/amount")
        .isEmpty()) {
      if (System.nanoTime() - start > SEARCHABLE.toNanos()) {
        throw new Refusal("The product did not appear in search.");
      }
      Thread.sleep(LOOK);
    }
  }

  private End end(String buyer, String order) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Answer seen = shop.get("/api/v1/orders/" + order).as(buyer).send();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (!seen.text("/endedAt").isEmpty()) {
        return new End(
            (seen.text("/status") + " " + seen.text("/reason")).strip(),
            took,
            Duration.between(
                Instant.parse(seen.text("/deadline")), Instant.parse(seen.text("/endedAt"))));
      }
      if (took.compareTo(LIMIT) > 0) {
        throw new Refusal(
            "Order %s is %s after %d ms.".formatted(order, seen.text("/status"), took.toMillis()));
      }
      Thread.sleep(LOOK);
    }
  }

  /** Nearest rank, in milliseconds. */
  private static double percentile(List<Duration> sorted, int percent) {
    int rank = Math.max(1, (int) Math.ceil(percent / 100.0 * sorted.size()));
    return sorted.get(rank - 1).toNanos() / 1e6;
  }
}
