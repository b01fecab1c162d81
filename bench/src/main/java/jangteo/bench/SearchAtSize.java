package jangteo.bench;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import jangteo.search.v1.ProductRequest;
import jangteo.search.v1.ProductsInfoServiceGrpc;
import jangteo.search.v1.ProductsInfoServiceGrpc.ProductsInfoServiceBlockingStub;
import jangteo.search.v1.ProductsRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.bson.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Search and product pages in a catalogue of any size, beside the plain driver of MongoDB; on
 * servers of its own, not on a shop that is up.
 */
@Command(name = "search", description = "Search and product pages over so many products.")
final class SearchAtSize implements Callable<Integer> {

  private static final List<Integer> BATCHES = List.of(1, 10, 100);
  private static final int PAGES = 200;

  @Option(
      names = "--products",
      defaultValue = "1000000",
      description = "How many; what an earlier run has made is used again (${DEFAULT-VALUE}).")
  private long products;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "How long each measurement lasts (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--at-once",
      defaultValue = "4",
      description = "How many ask at once where nothing waits (${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "20,40",
      description = "Searches a second that come whatever was answered (${DEFAULT-VALUE}).")
  private List<String> rates = List.of();

  @Option(
      names = "--page-rates",
      split = ",",
      defaultValue = "100,200",
      description = "Product pages a second that come whatever was answered (${DEFAULT-VALUE}).")
  private List<String> pageRates = List.of();

  @Option(
      names = "--cache",
      defaultValue = "4",
      description = "What MongoDB may keep in memory, in GiB (${DEFAULT-VALUE}).")
  private double cache;

  @Option(
      names = "--folder",
      defaultValue = ".jangteo/bench/search",
      description = "Where the data stay (${DEFAULT-VALUE}).")
  private Path folder = Path.of("");

  @Option(
      names = "--patience",
      defaultValue = "240",
      description = "Seconds to wait for exact counts after the first answer (${DEFAULT-VALUE}).")
  private int patience;

  @Option(names = "--fill-only", description = "Makes the products and measures nothing.")
  private boolean fillOnly;

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(folder);
    try (SearchServers servers = SearchServers.mongo(folder, cache);
        MongoClient client = MongoClients.create(servers.uri())) {
      MongoDatabase database =
          client.getDatabase(String.valueOf(new ConnectionString(servers.uri()).getDatabase()));
      new Filling(database).upTo(products);
      if (!fillOnly) {
        measure(servers, database);
      }
    }
    return 0;
  }

  private void measure(SearchServers servers, MongoDatabase database) throws Exception {
    servers.startSearch();
    sizes(database);
    firstAnswers(servers);
    closed(servers, database);
    batches(servers);
    open(servers);
    System.out.println("memory: " + servers.memory());
  }

  private static void sizes(MongoDatabase database) {
    Document stats = database.runCommand(new Document("collStats", "products"));
    System.out.printf(
        "%n%,d documents of %d bytes; on disk %,d MiB, indexes %,d MiB:%n",
        stats.get("count", Number.class).longValue(),
        stats.get("avgObjSize", Number.class).longValue(),
        stats.get("storageSize", Number.class).longValue() >> 20,
        stats.get("totalIndexSize", Number.class).longValue() >> 20);
    stats
        .get("indexSizes", Document.class)
        .forEach(
            (name, size) ->
                System.out.printf("  %5d MiB %s%n", ((Number) size).longValue() >> 20, name));
  }

  /** What somebody waits who is the first to ask, and how long until the counts are exact. */
  private void firstAnswers(SearchServers servers) throws IOException, InterruptedException {
    System.out.printf("%nthe first answer; when its counts were exact%n");
    for (SearchQuestions question : SearchQuestions.all()) {
      long begun = System.nanoTime();
      String answer = get(servers.rest().resolve(question.path()));
      double first = (System.nanoTime() - begun) / 1e6;
      Instant end = Instant.now().plusSeconds(patience);
      while (!exact(answer) && Instant.now().isBefore(end)) {
        Thread.sleep(50);
        answer = get(servers.rest().resolve(question.path()));
      }
      System.out.printf(
          "  %8.1f ms %8.1f s  total %s: %s%n",
          first,
          (System.nanoTime() - begun) / 1e9,
          answer.replaceAll("(?s).*\"total\":(\\d+),\"exact\":(\\w+).*", "$1 $2"),
          question);
    }
  }

  private static boolean exact(String answer) {
    return answer.contains("\"exact\":true") && answer.contains("\"facetsExact\":true");
  }

  private String get(URI uri) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.statusCode() + " of " + uri + ": " + answer.body());
    }
    return answer.body();
  }

  /** As fast as they can: the driver, search, and once more both. */
  private void closed(SearchServers servers, MongoDatabase database) throws Exception {
    Map<String, List<Loop.Step>> kinds = new TreeMap<>();
    kinds.put("page", ids().<Loop.Step>map(id -> () -> get(page(servers, id))).toList());
    kinds.put(
        "search",
        SearchQuestions.all().stream()
            .<Loop.Step>map(one -> () -> get(servers.rest().resolve(one.path())))
            .toList());
    PlainDriver driver = new PlainDriver(database);
    for (Map.Entry<String, List<Loop.Step>> kind : kinds.entrySet()) {
      List<Loop.Step> served = kind.getValue();
      Loop.run(served, threads, Duration.ofSeconds(seconds));
      List<Loop.Step> alone = new ArrayList<>();
      for (Loop.Step request : served) {
        alone.add(driver.commandsOf(request));
      }
      beside(kind.getKey(), alone, served, servers);
    }
    for (SearchQuestions question : SearchQuestions.all()) {
      Loop.Step step = () -> get(servers.rest().resolve(question.path()));
      System.out.printf("%s: %s%n", question, Loop.run(List.of(step), 1, Duration.ofMillis(1_500)));
    }
  }

  private void beside(
      String kind, List<Loop.Step> alone, List<Loop.Step> served, SearchServers servers)
      throws InterruptedException, ExecutionException {
    Duration some = Duration.ofSeconds(seconds).dividedBy(2);
    Loop.run(alone, threads, some);
    List<Double> ratios = new ArrayList<>();
    for (int round = 1; round <= 2; round++) {
      Loop.Done byDriver = Loop.run(alone, threads, some);
      Costs before = servers.costs();
      Loop.Done bySearch = Loop.run(served, threads, some);
      Costs after = servers.costs();
      System.out.printf("%n%s, %d at once, driver: %s%n", kind, threads, byDriver);
      System.out.printf("%s, %d at once, search: %s%n", kind, threads, bySearch);
      System.out.print(after.perOrder(before, bySearch.took().sorted().size()));
      ratios.add(bySearch.perSecond() / byDriver.perSecond());
    }
    System.out.printf("%s through HTTP, of what the driver does: %s%n", kind, ratios);
  }

  private Stream<Long> ids() {
    return new SplittableRandom(5).longs(PAGES, 0, products).mapToObj(n -> MadeCatalogue.FIRST + n);
  }

  private static URI page(SearchServers servers, long id) {
    return servers.rest().resolve("/api/v1/products/" + id);
  }

  private void batches(SearchServers servers) throws InterruptedException, ExecutionException {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", servers.grpcPort()).usePlaintext().build();
    try {
      ProductsInfoServiceBlockingStub info = ProductsInfoServiceGrpc.newBlockingStub(channel);
      List<Long> sold = new ArrayList<>(sold().toList());
      for (int size : BATCHES) {
        Random random = new Random(size);
        List<Loop.Step> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          Collections.shuffle(sold, random);
          ProductsRequest request =
              ProductsRequest.newBuilder()
                  .addAllItems(
                      sold.subList(0, size).stream()
                          .map(id -> ProductRequest.newBuilder().setProductId(id).build())
                          .toList())
                  .build();
          calls.add(() -> info.getProductsInfo(request));
        }
        Loop.run(calls, threads, Duration.ofSeconds(3));
        for (int at : List.of(1, threads)) {
          System.out.printf(
              "gRPC, %d items, %d at once: %s%n",
              size, at, Loop.run(calls, at, Duration.ofSeconds(4)));
        }
      }
    } finally {
      channel.shutdownNow();
    }
  }

  /** Products that somebody sells, for a call about any other is refused. */
  private Stream<Long> sold() {
    MadeCatalogue made = new MadeCatalogue();
    return new SplittableRandom(6)
        .longs(0, products)
        .filter(n -> made.product(n).stream().anyMatch(MadeCatalogue::isListing))
        .limit(2_000)
        .mapToObj(n -> MadeCatalogue.FIRST + n);
  }

  /** Whether or not earlier ones were answered. */
  private void open(SearchServers servers) throws IOException, InterruptedException {
    List<String> searches = SearchQuestions.all().stream().map(SearchQuestions::path).toList();
    List<String> pages = ids().map(id -> "/api/v1/products/" + id).toList();
    for (String rate : pageRates) {
      gatling(servers, "page", pages, rate);
    }
    for (String rate : rates) {
      gatling(servers, "search", searches, rate);
    }
  }

  private void gatling(SearchServers servers, String name, List<String> paths, String rate)
      throws IOException, InterruptedException {
    List<String> rows = new ArrayList<>(List.of("path"));
    rows.addAll(paths);
    Path feed = folder.resolve(name + ".csv");
    Files.write(feed, rows, StandardCharsets.UTF_8);
    System.out.printf("%n%s, %s a second:%n", name, rate);
    int code =
        GatlingRun.start(
                "ReadingSimulation",
                folder,
                Map.of(
                    "at",
                    servers.rest().toString(),
                    "name",
                    name,
                    "rate",
                    rate,
                    "seconds",
                    Integer.toString(seconds),
                    "paths",
                    feed.toAbsolutePath().toString()))
            .waitFor();
    if (code != 0) {
      throw new IOException("Gatling ended with " + code);
    }
  }
}
