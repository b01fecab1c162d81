package jangteo.aggregate.rebuild;

import static jangteo.aggregate.RunningAggregate.listing;
import static jangteo.aggregate.RunningAggregate.product;
import static jangteo.aggregate.RunningAggregate.rating;
import static jangteo.aggregate.RunningAggregate.seller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import jangteo.aggregate.domain.Rebuild;
import jangteo.aggregate.store.ReadModelState;
import jangteo.aggregate.store.Rebuilds;
import jangteo.chassis.ServiceConfig;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.text.TextAnalysis;
import jangteo.testkit.TestServers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How many documents a second a rebuild makes; no part of the suite: {@code ./jangteo mvn -pl
 * aggregate -am package -Dtest=RebuildSpeed -Dsurefire.failIfNoSpecifiedTests=false
 * -Djangteo.rebuild.products=100000}.
 */
final class RebuildSpeed {

  private static final int PRODUCTS = Integer.getInteger("jangteo.rebuild.products", 100_000);
  private static final int SLICE = Integer.getInteger("jangteo.rebuild.slice", 50_000);
  private static final List<String> WORDS =
      List.of("무선", "이어폰", "노이즈캔슬링", "가죽", "운동화", "딸기", "유기농", "wireless", "running", "커피");

  @Test
  void documentsPerSecond() throws Exception {
    String mongo = TestServers.mongo("search");
    Map<String, String> settings =
        Map.of(
            "kafka.bootstrap-servers", TestServers.kafka(), "kafka.prefix", TestServers.prefix());
    Kafka kafka = Kafka.create("speed", ServiceConfig.of(settings).get("kafka"), Clock.systemUTC());
    kafka.ensure("products", "listings", "members", "reviews");
    kafka.start();
    await().atMost(Duration.ofSeconds(60)).until(kafka::topicsReady);
    try (MongoClient client = MongoClients.create(mongo)) {
      MongoDatabase database = client.getDatabase(new ConnectionString(mongo).getDatabase());
      fill(kafka);
      Rebuilds rebuilds = new Rebuilds(database, Duration.ofSeconds(10));
      Stores stores =
          new Stores(database, rebuilds, new ReadModelState(database), new TextAnalysis(), kafka);
      for (int run = 1; run <= 3; run++) {
        measure(kafka, stores, "run-" + run);
      }
      database.drop();
    }
    kafka.stop();
  }

  private static void measure(Kafka kafka, Stores stores, String id) throws InterruptedException {
    assertThat(stores.rebuilds().begin(id, "speed", Instant.now())).isPresent();
    long start = System.nanoTime();
    Thread build =
        Thread.ofPlatform().start(() -> new Build(kafka, stores, id, SLICE, () -> {}).run());
    Rebuild.Stage last = Rebuild.Stage.ENDED;
    while (!build.join(Duration.ofMillis(20))) {
      Rebuild now = stores.rebuilds().find(id).orElseThrow();
      if (now.stage() != last) {
        System.err.printf("%6d ms %s%n", millis(start), now.stage());
        last = now.stage();
      }
    }
    long took = millis(start);
    assertThat(stores.rebuilds().find(id).orElseThrow().state()).isEqualTo(Rebuild.State.DONE);
    System.err.printf("%,d documents in %,d ms: %,d/s%n", PRODUCTS, took, PRODUCTS * 1_000L / took);
  }

  private static void fill(Kafka kafka) {
    for (long id = 1; id <= 100; id++) {
      kafka.publisher().send(seller(id, 1, "가게 " + id));
    }
    for (long from = 1; from <= PRODUCTS; from += 1_000) {
      List<Event> some = new ArrayList<>();
      for (long id = from; id < Math.min(PRODUCTS + 1L, from + 1_000); id++) {
        some.add(product(id, 1, name(id)));
        some.add(listing(id, 1 + id % 100, 3, 1_000 + id));
        if (id % 4 == 0) {
          some.add(rating(id, 1));
        }
      }
      kafka.publisher().send(some);
    }
  }

  private static long millis(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static String name(long id) {
    int n = (int) (id % 1_000_003);
    return String.join(
        " ", WORDS.get(n % 10), WORDS.get(n / 10 % 10), WORDS.get(n / 100 % 10), "" + id);
  }
}
