package jangteo.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A seller's products imported, imported again with nothing new, exported, and waited for in
 * search.
 */
@Command(name = "catalogue", description = "Products imported and exported as streams of lines.")
final class CatalogueInAndOut implements Callable<Integer> {
  private static final int LINES_A_PIECE = 100;
  private static final int CHEAPEST = 10_000;
  private static final int PRICES = 1_000;
  private static final int COUNTED_AT_ONCE = 900;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private Shop shop = new Shop();

  @Option(
      names = "--products",
      defaultValue = "100000",
      description = "How many (${DEFAULT-VALUE}).")
  private int products;

  @Option(names = "--csv", description = "As CSV, not as NDJSON.")
  private boolean csv;

  @Option(
      names = "--item",
      description = "Where the lines go; the gateway when left out, else item itself.")
  private URI item = URI.create("");

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public Integer call() throws IOException, InterruptedException {
    URI at = item.toString().isEmpty() ? shop.gateway : item;
    Marketplace.Seller seller = new Marketplace(shop.gateway).seller();
    Costs before = Costs.now(shop.state);
    JsonNode first = imported(at, seller);
    awaitInSearch(seller);
    Costs after = Costs.now(shop.state);
    JsonNode again = imported(at, seller);
    long lines = exported(at, seller);
    System.out.printf(
        "a product costs until it is in search:%n%s", after.perOrder(before, products));
    boolean right =
        first.path("created").asInt() == products
            && again.path("unchanged").asInt() == products
            && lines == products;
    return right ? 0 : 1;
  }

  private JsonNode imported(URI at, Marketplace.Seller seller)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(at, "/api/v1/items/import", seller)
            .header("Content-Type", type())
            .POST(BodyPublishers.ofByteArrays(this::pieces))
            .build();
    long begun = System.nanoTime();
    HttpResponse<Stream<String>> answer = http.send(request, BodyHandlers.ofLines());
    String last = answer.body().reduce("", (line, next) -> next);
    String figures = JSON.readTree(last).path("summary").toString();
    System.out.printf("imported, %s: %s%n", rate(products, begun), figures);
    return JSON.readTree(last).path("summary");
  }

  private long exported(URI at, Marketplace.Seller seller)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(at, "/api/v1/items/export", seller).header("Accept", type()).GET().build();
    long begun = System.nanoTime();
    long lines = http.send(request, BodyHandlers.ofLines()).body().count() - (csv ? 1 : 0);
    System.out.printf("exported, %s%n", rate(lines, begun));
    return lines;
  }

  /** By ranges of prices that are small enough to be counted exactly for each answer. */
  private void awaitInSearch(Marketplace.Seller seller) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    int width = Math.max(1, COUNTED_AT_ONCE * PRICES / Math.max(products, 1));
    for (int from = 0; from < PRICES; from += width) {
      int to = Math.min(from + width, PRICES);
      int expected = withPrice(to) - withPrice(from);
      while (total(seller, CHEAPEST + from, CHEAPEST + to - 1) < expected) {
        Thread.sleep(100);
        if (System.nanoTime() - begun > Duration.ofMinutes(10).toNanos()) {
          throw new IOException("not all are in search of those from " + (CHEAPEST + from));
        }
      }
    }
    System.out.printf("all in search %.1f s later%n", (System.nanoTime() - begun) / 1e9);
  }

  /** How many lines have one of the so many lowest prices. */
  private int withPrice(int lowest) {
    return products / PRICES * lowest + Math.min(products % PRICES, lowest);
  }

  private long total(Marketplace.Seller seller, int minPrice, int maxPrice)
      throws IOException, InterruptedException {
    String query =
        "?size=1&facets=false&sellerId=%d&minPrice=%d&maxPrice=%d"
            .formatted(seller.memberId(), minPrice, maxPrice);
    HttpRequest request = request(shop.gateway, "/api/v1/products" + query, seller).GET().build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body()).path("total").asLong();
  }

  private static String rate(long lines, long begun) {
    double seconds = (System.nanoTime() - begun) / 1e9;
    return "%d lines in %.1f s (%.0f/s)".formatted(lines, seconds, lines / seconds);
  }

  private static HttpRequest.Builder request(URI at, String path, Marketplace.Seller seller) {
    return HttpRequest.newBuilder(at.resolve(path))
        .header("Authorization", "Bearer " + seller.token());
  }

  private String type() {
    return csv ? "text/csv" : "application/x-ndjson";
  }

  private Iterator<byte[]> pieces() {
    String header = "sku,name,description,category,brand,attributes,price,currency,quantity\n";
    return Stream.concat(
            csv ? Stream.of(header) : Stream.empty(),
            IntStream.range(0, (products + LINES_A_PIECE - 1) / LINES_A_PIECE)
                .mapToObj(
                    piece ->
                        IntStream.range(
                                piece * LINES_A_PIECE,
                                Math.min(products, (piece + 1) * LINES_A_PIECE))
                            .mapToObj(this::line)
                            .collect(Collectors.joining())))
        .map(text -> text.getBytes(UTF_8))
        .iterator();
  }

  private String line(int n) {
    String shape =
        csv
            ? "B-%1$d,무선 이어폰 %1$d,\"하루 종일 들어도 편안한, 조용한 이어폰 %1$d\",전자제품/음향,소리,\"{\"\"색상\"\":\"\"검정\"\"}\",%2$d,KRW,10%n"
            : """
              {"sku":"B-%1$d","name":"무선 이어폰 %1$d","description":"하루 종일 들어도 편안한, 조용한 이어폰 %1$d",\
              "category":"전자제품/음향","brand":"소리","attributes":{"색상":"검정"},"price":%2$d,"currency":"KRW","quantity":10}
              """;
    return shape.formatted(n, CHEAPEST + n % PRICES);
  }
}
