package jangteo.local.story;

import jangteo.local.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Orders at a steady pace, one at a time: how long each takes from its 202 to CONFIRMED, as a
 * client sees it that asks again every few milliseconds.
 */
public final class Pace {
  private static final Duration BETWEEN_ORDERS = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration LIMIT = Duration.ofSeconds(6);
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

  /**
   * Places one order a second and prints the percentiles.
   *
   * @param orders how many are counted
   * @throws Refusal when one is not confirmed
   */
  public void keep(int orders) throws IOException, InterruptedException {
    cast.signUp("buyer", "김구매");
    String product = cast.listProduct(cast.seller(), orders + WARM_UP);
    String buyer = cast.logIn("buyer");
    awaitSearchable(product);
    List<Duration> took = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < orders + WARM_UP; i++) {
      long due = begun + i * BETWEEN_ORDERS.toNanos();
      Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      Duration one = confirmed(buyer, cast.order(buyer, product, 1));
      if (i >= WARM_UP) {
        took.add(one);
      }
    }
    Collections.sort(took);
    out.printf(
        Locale.ROOT,
        "%d orders, one a second, 202 to CONFIRMED: p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, max %.0f ms%n",
        took.size(),
        percentile(took, 50),
        percentile(took, 90),
        percentile(took, 99),
        percentile(took, 100));
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

  private Duration confirmed(String buyer, String order) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      String status = shop.get("/api/v1/orders/" + order).as(buyer).send().text("/status");
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (status.equals("CONFIRMED")) {
        return took;
      }
      if (!status.equals("PLACED") || took.compareTo(LIMIT) > 0) {
        throw new Refusal(
            "Order " + order + " is " + status + " after " + took.toMillis() + " ms.");
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
