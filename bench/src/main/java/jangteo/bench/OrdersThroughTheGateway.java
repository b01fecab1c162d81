package jangteo.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gatling places orders at an open arrival rate; the orders' own records say how they ended. */
@Command(name = "orders", description = "Orders through the gateway at an open arrival rate.")
final class OrdersThroughTheGateway implements Callable<Integer> {
  @Mixin private Shop shop = new Shop();

  @Option(
      names = "--rate",
      defaultValue = "50",
      description = "Orders a second (${DEFAULT-VALUE}).")
  private double rate;

  @Option(names = "--seconds", defaultValue = "30", description = "How long (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--ramp",
      defaultValue = "10",
      description = "Seconds of ramp before (${DEFAULT-VALUE}).")
  private int ramp;

  @Option(names = "--lines", defaultValue = "1", description = "Lines an order (${DEFAULT-VALUE}).")
  private int lines;

  @Option(names = "--offers", defaultValue = "50", description = "Listings (${DEFAULT-VALUE}).")
  private int offers;

  @Option(names = "--buyers", defaultValue = "10", description = "Members (${DEFAULT-VALUE}).")
  private int buyers;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Marketplace marketplace = new Marketplace(shop.gateway);
    List<Marketplace.Offer> sold = marketplace.offers(Math.max(offers, lines));
    List<Marketplace.Buyer> people = marketplace.buyers(buyers);
    Set<Long> ids = people.stream().map(Marketplace.Buyer::memberId).collect(Collectors.toSet());
    Path folder = Files.createDirectories(shop.state.resolve("bench"));
    Path feed = feed(folder, people, sold);
    try (OrderLog log = OrderLog.from(shop.kafka, ids::contains)) {
      Costs before = Costs.now(shop.state);
      int code = gatling(folder, feed);
      log.awaitQuiet(Duration.ofSeconds(30));
      Costs after = Costs.now(shop.state);
      System.out.printf(
          "%n%d orders at %.0f/s with %d line(s): %s, %d open%n",
          log.size(), rate, lines, log.byStatus(), log.open());
      System.out.printf("recorded to decided: %s%n", log.took());
      System.out.printf("decided a second, ramp included: %.1f%n", log.throughput());
      System.out.printf("an order costs:%n%s", after.perOrder(before, Math.max(log.size(), 1)));
      return code;
    }
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

  private int gatling(Path folder, Path feed) throws IOException, InterruptedException {
    Path module = Path.of(System.getProperty("jangteo.root"), "bench", "gatling", "target");
    String classpath =
        module.resolve("classes")
            + File.pathSeparator
            + Files.readString(module.resolve("classpath")).strip();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dbench.gateway=" + shop.gateway,
                "-Dbench.rate=" + rate,
                "-Dbench.ramp=" + ramp,
                "-Dbench.seconds=" + seconds,
                "-Dbench.orders=" + feed,
                "-cp",
                classpath,
                "io.gatling.app.Gatling",
                "-s",
                "jangteo.bench.gatling.OrderingSimulation",
                "-rf",
                folder.resolve("gatling").toAbsolutePath().toString())
            .inheritIO()
            .start();
    try {
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }
}
