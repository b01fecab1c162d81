package jangteo.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.chassis.data.Database;
import jangteo.item.v1.ListingChanged;
import jangteo.item.v1.ProductChanged;
import jangteo.local.servers.Ports;
import jangteo.testkit.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The instance that takes an import is killed in the middle of it, and the client sends again. */
class ImportKilledTest {

  private static final int LINES = 6_000;

  /** The suite kills it once; {@code -Djangteo.import.kills=5} as often as one likes. */
  private static final int KILLS = Integer.getInteger("jangteo.import.kills", 1);

  private static final int PIECE = 250;
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final long SELLER = 21;

  @Test
  void nothingIsLostAndNothingIsDoubled() throws IOException {
    String key = UUID.randomUUID().toString();
    int port = Ports.free(1).getFirst();
    try (RunningItem item = RunningItem.start();
        Topics topics = item.topics()) {
      Database database = item.openDatabase();
      Bulk killed = new Bulk(item, URI.create("http://127.0.0.1:" + port), SELLER);
      for (int kill = 1; kill <= KILLS; kill++) {
        int upTo = LINES / PIECE * kill / (KILLS + 1) * PIECE;
        try (ServiceProcess other = item.process(port)) {
          await().atMost(LONG).until(other::ready);
          try (var client = killed.new ByHand("Idempotency-Key", key)) {
            send(client, 0, upTo);
            client.readTo("{\"line\":" + upTo + ",");
            // Some of these are committed, some on their way, some answered and some not.
            send(client, upTo, LINES - PIECE);
            other.kill();
          }
        }
        long taken = count(database, "SELECT COUNT(*) AS n FROM products WHERE owner_id = 21");
        assertThat(taken).isBetween((long) upTo, LINES - (long) PIECE);
        assertThat(count(database, "SELECT line AS n FROM imports WHERE seller_id = 21"))
            .isEqualTo(taken);
      }

      Bulk.Answer again =
          new Bulk(item, SELLER).post(Bulk.NDJSON, lines(0, LINES), "Idempotency-Key", key);

      assertThat(again.last().get("complete").asBoolean()).isTrue();
      assertThat(again.counts().get(0) + again.counts().get(2)).isEqualTo(LINES);
      assertThat(count(database, "SELECT COUNT(*) AS n FROM products WHERE owner_id = 21"))
          .isEqualTo(LINES);
      assertThat(
              count(
                  database,
                  "SELECT COUNT(*) AS n FROM listings WHERE seller_id = 21 AND sequence = 1"))
          .isEqualTo(LINES);
      assertThat(count(database, "SELECT COUNT(*) AS n FROM stock_changes")).isEqualTo(LINES);
      await().atMost(LONG).until(() -> count(database, "SELECT COUNT(*) AS n FROM outbox") == 0);
      assertThat(
              topics.await("products", ProductChanged.parser(), product -> true, LINES).stream()
                  .map(ProductChanged::getProductId)
                  .distinct())
          .hasSize(LINES);
      assertThat(
              topics.await("listings", ListingChanged.parser(), listing -> true, LINES).stream()
                  .map(ListingChanged::getListingId)
                  .distinct())
          .hasSize(LINES);
      database.stop();
    }
  }

  private static void send(Bulk.ByHand client, int from, int to) throws IOException {
    for (int at = from; at < to; at += PIECE) {
      client.send(lines(at, at + PIECE));
    }
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            n ->
                """
                {"sku": "K-%d", "name": "사과 %d", "price": 1000, "currency": "KRW", "quantity": %d}
                """
                    .formatted(n, n, 1 + n % 9))
        .collect(Collectors.joining());
  }

  private static long count(Database database, String sql) {
    return database.read(tx -> tx.one(sql).orElseThrow().whole("n"));
  }
}
