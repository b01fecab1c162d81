package jangteo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Gatling places orders at open arrival rates, one after the other in one run; the orders' own
 * records say how they ended.
 */
@Command(name = "orders", description = "Orders through the gateway at open arrival rates.")
final class OrdersThroughTheGateway implements Callable<Integer> {
  private static final Duration GATLING_STARTS = Duration.ofMinutes(2);

  @Mixin private Shop shop = new Shop();

  @Option(
      names = "--rate",
      split = ",",
      defaultValue = "50",
      description = "Orders a second, or several such rates (${DEFAULT-VALUE}).")
  private List<Double> rates = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "How long each rate lasts (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--ramp",
      defaultValue = "10",
      description = "Seconds of ramp before the first (${DEFAULT-VALUE}).")
  private int ramp;

  @Option(
      names = "--warm-up",
      defaultValue = "0",
      description =
          "Seconds of the first rate that do not count: a JVM that has just started compiles more"
              + " than it works (${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(names = "--lines", defaultValue = "1", description = "Lines an order (${DEFAULT-VALUE}).")
  private int lines;

  @Option(names = "--offers", defaultValue = "50", description = "Listings (${DEFAULT-VALUE}).")
  private int offers;

  @Option(names = "--buyers", defaultValue = "10", description = "Members (${DEFAULT-VALUE}).")
  private int buyers;

  /** One rate, from when until when, and what the parts had cost at both ends. */
  private record Stage(double rate, Instant from, Instant until, Costs before, Costs after) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Marketplace marketplace = new Marketplace(shop.gateway);
    List<Marketplace.Offer> sold = marketplace.offers(Math.max(offers, lines));
    List<Marketplace.Buyer> people = marketplace.buyers(buyers);
    Set<Long> ids = people.stream().map(Marketplace.Buyer::memberId).collect(Collectors.toSet());
    Path folder = Files.createDirectories(shop.state.resolve("bench"));
    Path feed = feed(folder, people, sold);
    Path begun = folder.resolve("begun");
    Files.deleteIfExists(begun);
    try (OrderLog log = OrderLog.from(shop.kafka, ids::contains)) {
      Process gatling = gatling(folder, feed, begun);
      try {
        List<Stage> stages = stages(begin(gatling, begun));
        int code = gatling.waitFor();
        log.awaitQuiet(Duration.ofSeconds(30));
        System.out.printf("%n%d orders in all: %s%n", log.size(), log.all().byStatus());
        stages.forEach(stage -> print(stage, log.placed(stage.from(), stage.until())));
        return code;
      } finally {
        gatling.destroy();
      }
    }
  }

  private void print(Stage stage, OrderLog.Outcomes orders) {
    System.out.printf(
        "%n%.0f/s for %d s with %d line(s): %d of %.0f recorded, %s, %d open%n",
        stage.rate(),
        seconds,
        lines,
        orders.size(),
        stage.rate() * seconds,
        orders.byStatus(),
        orders.open());
    System.out.printf("recorded to decided: %s%n", orders.took());
    System.out.printf("decided a second: %.1f%n", orders.throughput());
    System.out.printf(
        "an order costs:%n%s", stage.after().perOrder(stage.before(), Math.max(orders.size(), 1)));
  }

  /** When Gatling began to place orders. */
  private static Instant begin(Process gatling, Path begun)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(GATLING_STARTS);
    while (!Files.exists(begun)) {
      if (!gatling.isAlive() || Instant.now().isAfter(end)) {
        throw new IllegalStateException("Gatling did not begin");
      }
      Thread.sleep(20);
    }
    return Files.getLastModifiedTime(begun).toInstant();
  }

  /** Waits for the stages to pass. */
  private List<Stage> stages(Instant begun) throws IOException, InterruptedException {
    List<Stage> stages = new ArrayList<>();
    Instant from = begun.plusSeconds(ramp + warmUp);
    sleepUntil(from);
    Costs before = Costs.now(shop.state);
    for (double rate : rates) {
      Instant until = from.plusSeconds(seconds);
      sleepUntil(until);
      Costs after = Costs.now(shop.state);
      stages.add(new Stage(rate, from, until, before, after));
      from = until;
      before = after;
    }
    return stages;
  }

  private static void sleepUntil(Instant time) throws InterruptedException {
    Thread.sleep(Duration.between(Instant.now(), time));
  }

  private Path feed(Path folder, List<Marketplace.Buyer> people, List<Marketplace.Offer> sold)
      throws IOException {
    Random random = new Random(1);
    List<String> rows = new ArrayList<>(List.of("token,body"));
    for (int i = 0; i < 1_000; i++) {
      List<Marketplace.Offer> basket = new ArrayList<>(sold);
      Collections.shuffle(basket, random);
      String body = Marketplace.order(basket.subList(0, lines));
      rows.add(people.get(i % people.size()).token() + ",\"" + body.replace("\"", "\"\"") + "\"");
    }
    return Files.write(folder.resolve("orders.csv"), rows).toAbsolutePath();
  }

  private Process gatling(Path folder, Path feed, Path begun) throws IOException {
    return GatlingRun.start(
        "OrderingSimulation",
        folder,
        Map.of(
            "gateway",
            shop.gateway.toString(),
            "rates",
            rates.stream().map(String::valueOf).collect(Collectors.joining(",")),
            "ramp",
            Integer.toString(ramp),
            "warm-up",
            Integer.toString(warmUp),
            "seconds",
            Integer.toString(seconds),
            "orders",
            feed.toString(),
            "begun",
            begun.toAbsolutePath().toString()));
  }
}
