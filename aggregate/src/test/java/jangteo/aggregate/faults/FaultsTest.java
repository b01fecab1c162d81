package jangteo.aggregate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.events.TopicReader;
import jangteo.local.servers.Cache;
import jangteo.local.servers.Mongo;
import jangteo.local.servers.Ports;
import jangteo.local.servers.Schemas;
import jangteo.testkit.Rest;
import jangteo.testkit.TestTokens;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/**
 * A stream of mixed changes while MongoDB, Kafka, MariaDB and the sync worker are killed, paused
 * and started again; afterwards the read model is what its owners say, and nothing ever went back.
 *
 * <p>The suite plays 400 changes, each part hurt once; {@code -Djangteo.faults.changes=20000} as
 * many as the issue wants: {@code ./jangteo mvn -pl aggregate -am package -Dtest=FaultsTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Djangteo.faults.changes=20000}.
 */
final class FaultsTest {

  private static final int CHANGES = Integer.getInteger("jangteo.faults.changes", 400);
  private static final int CLIENTS = 4;
  private static final Duration OUTAGE = Duration.ofSeconds(1);
  private static final String READ_MODEL = "/api/v1/admin/read-models/products";

  @Test
  void nothingIsLostAndNothingGoesBack() throws Exception {
    Path folder = Files.createTempDirectory("jangteo-faults");
    List<Hurt> all = new ArrayList<>();
    try (TestTokens tokens = new TestTokens()) {
      Server mariaDb = Server.mariaDb(folder);
      all.add(mariaDb);
      Server mongo = Server.mongo(folder);
      all.add(mongo);
      Server kafka = Server.kafka(folder);
      all.add(kafka);
      all.forEach(Hurt::awaitReady);
      Schemas.create(mariaDb.port(), "item");
      play(all, mariaDb.port(), mongo.port(), kafka.port(), tokens);
    } finally {
      all.forEach(Hurt::kill);
      Cache.delete(folder);
    }
  }

  private static void play(List<Hurt> all, int mariaDb, int mongo, int kafka, TestTokens tokens)
      throws Exception {
    int port = Ports.free(1).getFirst();
    int itemGrpc = Ports.free(1).getFirst();
    String uri = "mongodb://127.0.0.1:%d/search?replicaSet=%s".formatted(mongo, Mongo.REPLICA_SET);
    Map<String, String> common = new HashMap<>();
    common.put("admin.port", "0");
    common.put("kafka.bootstrap-servers", "127.0.0.1:" + kafka);
    common.put("security.issuer", tokens.issuer());
    common.put("security.audience", tokens.audience());
    common.put("security.jwks-url", tokens.jwksUrl());
    Map<String, String> its = new HashMap<>(common);
    its.put("server.port", "0");
    its.put("grpc.port", Integer.toString(itemGrpc));
    its.put("db.url", "jdbc:mariadb://127.0.0.1:" + mariaDb + "/item");
    its.put("db.username", "item");
    its.put("db.password", "");
    its.put("db.owner.username", Schemas.owner("item"));
    its.put("stock.announce-every", "PT0.2S");
    its.put("stock.remind-after", "PT30S");
    its.put("stock.keep-steps", "P7D");
    its.put("import.at-once", "1");
    its.put("categories.count-every", "PT2S");
    Map<String, String> own = new HashMap<>(common);
    own.put("server.port", Integer.toString(port));
    own.put("mongo.uri", uri);
    own.put("kafka.instance-id", "one");
    own.put("clients.item.target", "127.0.0.1:" + itemGrpc);
    Kafka others = Kafka.create("others", ServiceConfig.of(common).get("kafka"), Clock.systemUTC());
    others.ensure("products", "listings", "members", "reviews");
    others.start();
    AggregateProcess aggregate = new AggregateProcess(own);
    all.add(aggregate);
    Rest admin = new Rest("http://127.0.0.1:" + port);
    try (Service item = Service.start("item", ServiceConfig.of(its), jangteo.item.Main::wire);
        MongoClient client = MongoClients.create(uri)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> item.ready() && others.topicsReady());
      aggregate.awaitReady();
      MongoCollection<Document> products = client.getDatabase("search").getCollection("products");
      Watch watch = new Watch(products);
      Thread watching = Thread.ofPlatform().name("watch").start(watch);
      List<Stream> streams = play(new Rest("http://127.0.0.1:" + item.port()), tokens, others, all);
      watch.end();
      watching.join();

      JsonNode report = reconcile(admin, tokens);
      assertThat(report.at("/found").asLong()).as(report.toString()).isZero();
      assertThat(report.at("/moving").asLong()).as(report.toString()).isZero();
      assertThat(report.at("/products").asLong()).isPositive();
      assertThat(watch.backwards()).isEmpty();
      streams.forEach(stream -> check(stream, products));
      assertThat(deadLetters(others)).isZero();
    } finally {
      others.stop();
    }
  }

  private static List<Stream> play(Rest item, TestTokens tokens, Kafka others, List<Hurt> all)
      throws Exception {
    AtomicInteger made = new AtomicInteger();
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      streams.add(new Stream(i, CHANGES / CLIENTS, item, tokens, others.publisher(), made));
    }
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      streams.forEach(stream -> running.add(clients.submit(stream)));
      int fault = 0;
      while (made.get() < CHANGES / CLIENTS * CLIENTS || fault < all.size()) {
        hurt(all.get(fault % all.size()), (fault + fault / all.size()) % 2 == 1, made.get());
        fault++;
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    return streams;
  }

  private static void hurt(Hurt one, boolean kill, int made) {
    System.err.printf("%6d changes; %s is %s%n", made, one.name(), kill ? "killed" : "paused");
    if (kill) {
      one.kill();
    } else {
      one.pause();
    }
    LockSupport.parkNanos(OUTAGE.toNanos());
    if (kill) {
      one.start();
    } else {
      one.resume();
    }
    one.awaitReady();
    LockSupport.parkNanos(OUTAGE.toNanos() / 2);
  }

  private static JsonNode reconcile(Rest admin, TestTokens tokens) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .ignoreException(UncheckedIOException.class)
        .until(
            () -> admin.as(tokens.token(1, "ADMIN")).post(READ_MODEL + "/reconcile"),
            answer -> answer.status() == 200)
        .body();
  }

  /** What the owners of names and ratings said last. */
  private static void check(Stream stream, MongoCollection<Document> products) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              stream
                  .ratings()
                  .forEach(
                      (product, version) ->
                          assertThat(
                                  products
                                      .find(Filters.eq(product))
                                      .first()
                                      .getEmbedded(List.of("rating", "version"), 0L))
                              .as("rating of %d", product)
                              .isEqualTo(version));
              for (Document document : products.find()) {
                for (Document seller : document.getList("sellers", Document.class, List.of())) {
                  Long last = stream.names().get(seller.getLong("id"));
                  if (last != null) {
                    assertThat(seller.getLong("version")).as("seller %s", seller).isEqualTo(last);
                    assertThat(seller.getBoolean("erased", false))
                        .isEqualTo(stream.isErased(seller.getLong("id")));
                  }
                }
              }
            });
  }

  private static long deadLetters(Kafka kafka) {
    List<String> topics =
        List.of(
            "products.aggregate.dlt",
            "listings.aggregate.dlt",
            "members.aggregate.dlt",
            "reviews.aggregate.dlt");
    try (TopicReader reader = new TopicReader(kafka, "dead", topics)) {
      return reader.ends().values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
