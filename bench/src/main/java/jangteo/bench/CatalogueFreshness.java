package jangteo.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How long a change of the catalogue takes until search shows it. A seller's products are renamed
 * at a steady rate, each by a line of an import that goes on all the time; of some of the changes
 * it is asked until they are seen. The time from the result (shortly after the commit) is a little
 * too short, that from the product's {@code updatedAt} (shortly before it) a little too long.
 */
@Command(name = "freshness", description = "From the commit of a change until search shows it.")
final class CatalogueFreshness implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Search lets 200 wait for a version at once. */
  private static final int LOOKS_A_SECOND = 40;

  @Mixin private Shop shop = new Shop();

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "10,200,1000",
      description = "Changes a second, one rate after the other (${DEFAULT-VALUE}).")
  private List<Integer> rates = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "How long at each rate (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--products",
      defaultValue = "2000",
      description = "Among how many (${DEFAULT-VALUE}).")
  private int products;

  private final HttpClient http = HttpClient.newHttpClient();

  /** One that is looked for. */
  private record Seen(Duration sinceAnswer, Duration sinceUpdate) {}

  @Override
  public Integer call() throws Exception {
    Marketplace.Seller seller = new Marketplace(shop.gateway).seller();
    AtomicIntegerArray versions = new AtomicIntegerArray(products);
    List<String> ids = new ArrayList<>();
    try (PacedImport lines = new PacedImport(shop.gateway, seller.token())) {
      for (int n = 0; n < products; n++) {
        lines.send(renamed(n, versions));
      }
      for (int n = 0; n < products; n++) {
        ids.add(lines.result().path("productId").asText());
      }
      look(ids.getLast(), 1, System.nanoTime());
      int sent = 0;
      for (int rate : rates) {
        measure(rate, sent, lines, ids, versions);
        sent += rate * seconds;
      }
      lines.end();
      JsonNode summary = lines.result();
      System.out.println(summary);
      return summary.path("complete").asBoolean() && summary.at("/summary/updated").asInt() == sent
          ? 0
          : 1;
    }
  }

  private void measure(
      int rate, int before, PacedImport lines, List<String> ids, AtomicIntegerArray versions)
      throws InterruptedException, ExecutionException {
    int changes = rate * seconds;
    int every = Math.max(1, rate / LOOKS_A_SECOND);
    Queue<Integer> awaited = new ConcurrentLinkedQueue<>();
    List<Future<Seen>> looks = new ArrayList<>();
    long begun = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> sending =
          threads.submit(
              () -> {
                for (int i = 0; i < changes; i++) {
                  LockSupport.parkNanos(begun + i * 1_000_000_000L / rate - System.nanoTime());
                  int n = (before + i) % products;
                  String line = renamed(n, versions);
                  awaited.add(versions.get(n));
                  lines.send(line);
                }
                return changes;
              });
      for (int i = 0; i < changes; i++) {
        String id = answered(lines, ids.get((before + i) % products));
        long at = System.nanoTime();
        int version = awaited.remove();
        if (i % every == 0) {
          looks.add(threads.submit(() -> look(id, version, at)));
        }
      }
      sending.get();
      double took = (System.nanoTime() - begun) / 1e9;
      List<Seen> seen = new ArrayList<>();
      for (Future<Seen> look : looks) {
        seen.add(look.get());
      }
      System.out.printf(
          "%d changes/s (%.0f/s done), %d looked for:%n  after the result %s%n  after updatedAt %s%n",
          rate,
          changes / took,
          seen.size(),
          Distribution.of(seen.stream().map(Seen::sinceAnswer).toList()),
          Distribution.of(seen.stream().map(Seen::sinceUpdate).toList()));
    }
  }

  private static String answered(PacedImport lines, String id) {
    try {
      JsonNode result = lines.result();
      if (!result.path("productId").asText().equals(id)
          || !result.path("status").asText().equals("updated")) {
        throw new IllegalStateException(result.toString());
      }
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks until the product is shown in that version or a newer one. */
  private Seen look(String id, int version, long answered)
      throws IOException, InterruptedException {
    URI uri = shop.gateway.resolve("/api/v1/products/" + id);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("If-Version-At-Least", "\"" + version + "\"")
            .timeout(LIMIT)
            .build();
    while (true) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      Duration took = Duration.ofNanos(System.nanoTime() - answered);
      if (answer.statusCode() == 200) {
        JsonNode product = JSON.readTree(answer.body());
        return new Seen(
            took,
            Duration.between(Instant.parse(product.path("updatedAt").asText()), Instant.now()));
      }
      if (took.compareTo(LIMIT) > 0) {
        throw new IOException("%s: %d %s".formatted(uri, answer.statusCode(), answer.body()));
      }
      Thread.sleep(5);
    }
  }

  private static String renamed(int n, AtomicIntegerArray versions) {
    int version = versions.incrementAndGet(n);
    return """
        {"sku":"F-%1$d","name":"무선 이어폰 %1$d 판 %2$d","description":"하루 종일 들어도 편안한, 조용한 이어폰 %1$d",\
        "category":"전자제품/음향","brand":"소리","attributes":{"색상":"검정"},"price":%3$d,"currency":"KRW","quantity":10}
        """
        .formatted(n, version, 10_000 + n);
  }
}
