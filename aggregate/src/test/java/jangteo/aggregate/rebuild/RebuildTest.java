package jangteo.aggregate.rebuild;

import static jangteo.aggregate.RunningAggregate.erased;
import static jangteo.aggregate.RunningAggregate.listing;
import static jangteo.aggregate.RunningAggregate.product;
import static jangteo.aggregate.RunningAggregate.rating;
import static jangteo.aggregate.RunningAggregate.seller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import jangteo.aggregate.RunningAggregate;
import jangteo.chassis.events.Event;
import jangteo.local.servers.Ports;
import jangteo.testkit.Rest;
import jangteo.testkit.ServiceProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Making the read model anew while it is read and written. */
final class RebuildTest {

  private static final String REBUILD = "/api/v1/admin/read-models/products/rebuild";
  private static final int PRODUCTS = 600;

  private static RunningAggregate aggregate;
  private static MongoCollection<Document> products;

  @BeforeAll
  static void start() {
    // Three slices, so that their borders are crossed.
    aggregate =
        RunningAggregate.start(
            Map.of("rebuild.products-at-once", "500", "rebuild.silence", "PT2S"));
    products = aggregate.database().getCollection("products");
    List<Event> events = new ArrayList<>();
    for (long id = 1; id <= 5; id++) {
      events.add(seller(id, 1, "가게 " + id));
    }
    for (long id = 1; id <= PRODUCTS; id++) {
      events.add(product(id, 1, "옛 이름 " + id));
      events.add(product(id, 2, "무선 이어폰 " + id));
      events.add(listing(id, 1 + id % 5, 3, 1_000 + id));
      if (id % 10 == 0) {
        events.add(listing(id, 1 + (id + 1) % 5, 2, 900 + id));
        events.add(rating(id, 2));
        events.add(rating(id, 1));
      }
      if (id % 100 == 0) {
        events.add(erased("listings", id * 100 + 1 + id % 5, 4));
      }
    }
    events.add(erased("products", 7, 3));
    events.add(erased("members", 5, 2));
    events.add(listing(999_999, 1, 1, 5));
    aggregate.send(events.toArray(Event[]::new));
    awaitApplied();
  }

  @AfterAll
  static void stop() {
    aggregate.close();
  }

  @Test
  void theNewOneIsLikeTheOldOneAndWhatWasBrokenIsMended() {
    List<Document> before = documents();
    List<Document> indexes = products.listIndexes().into(new ArrayList<>());
    products.updateOne(Filters.eq(1L), Updates.set("listings.0.price", 1L));
    products.updateOne(Filters.eq(2L), Updates.set("terms", List.of("nonsense")));
    products.deleteOne(Filters.eq(3L));
    products.insertOne(new Document("_id", 123_456_789L).append("visible", true));

    awaitFree();
    Rest.Answer begun = aggregate.admin().post(REBUILD);
    assertThat(begun.status()).as(begun.body().toString()).isEqualTo(202);
    Rest.Answer done = awaitEnd(begun.header("Location").orElseThrow());

    assertThat(done.body().at("/state").asText()).as(done.body().toString()).isEqualTo("DONE");
    assertThat(documents()).isEqualTo(before);
    assertThat(done.body().at("/documents").asLong()).isEqualTo(PRODUCTS + 1);
    assertThat(products.listIndexes()).containsExactlyInAnyOrderElementsOf(indexes);
    assertThat(isSwept()).isTrue();
  }

  @Test
  void nothingIsLostOfWhatComesMeanwhileAndReadersSeeNoGap() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    AtomicLong rounds = new AtomicLong();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              while (!ended.get()) {
                long round = 10 + rounds.incrementAndGet();
                List<Event> some = new ArrayList<>();
                for (long id = 100; id < 120; id++) {
                  some.add(listing(id, 1 + id % 5, round, round));
                  some.add(product(id, round, "판 " + round));
                }
                some.add(seller(1, round, "가게 1, " + round));
                aggregate.send(some.toArray(Event[]::new));
                LockSupport.parkNanos(20_000_000);
              }
            },
            threads);
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(
            () -> {
              while (!ended.get()) {
                assertThat(products.find(Filters.eq(50L)).first()).isNotNull();
              }
            },
            threads);
    for (int i = 0; i < 2; i++) {
      awaitFree();
      Rest.Answer begun = aggregate.admin().post(REBUILD);
      Rest.Answer done = awaitEnd(begun.header("Location").orElseThrow());
      assertThat(done.body().at("/state").asText()).as(done.body().toString()).isEqualTo("DONE");
    }
    ended.set(true);
    writing.get();
    reading.get();
    threads.close();
    long last = 10 + rounds.get();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              for (Document document :
                  products.find(Filters.and(Filters.gte("_id", 100L), Filters.lt("_id", 120L)))) {
                assertThat(document.getEmbedded(List.of("product", "version"), 0L)).isEqualTo(last);
                assertThat(document.getList("listings", Document.class))
                    .extracting(each -> each.getLong("version"))
                    .contains(last);
              }
              assertThat(
                      products.countDocuments(
                          Filters.and(
                              Filters.eq("listings.sellerId", 1L),
                              Filters.not(
                                  Filters.elemMatch(
                                      "sellers",
                                      Filters.and(
                                          Filters.eq("id", 1L), Filters.eq("version", last)))))))
                  .isZero();
            });
  }

  /** Wherever it is when that happens: the live one is whole, and the next one succeeds. */
  @Test
  void oneWhoseInstanceIsKilledLeavesTheLiveOneAsItWas() {
    awaitFree();
    List<Document> before = documents();
    int port = Ports.free(1).getFirst();
    String place;
    try (ServiceProcess other = aggregate.process(port)) {
      await().atMost(Duration.ofSeconds(90)).until(other::ready);
      place = aggregate.adminAt(port).post(REBUILD).header("Location").orElseThrow();
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> !isSwept());
      other.kill();
    }

    Rest.Answer ended = awaitEnd(place);

    assertThat(ended.body().at("/state").asText()).isIn("FAILED", "DONE");
    assertThat(documents()).isEqualTo(before);
    await().atMost(Duration.ofSeconds(20)).until(RebuildTest::isSwept);
    Rest.Answer next = aggregate.admin().post(REBUILD);
    Rest.Answer done = awaitEnd(next.header("Location").orElseThrow());
    assertThat(done.body().at("/state").asText()).as(done.body().toString()).isEqualTo("DONE");
    assertThat(documents()).isEqualTo(before);
  }

  @Test
  void oneWhoseInstanceDiedBeforeTheSwitchHasFailedAndLeavesNothing() {
    awaitFree();
    List<Document> before = documents();
    String id = UUID.randomUUID().toString();
    copy("products", id);
    died(id, "RUNNING", List.of());

    Rest.Answer second = aggregate.admin().post(REBUILD);
    Rest.Answer ended = awaitEnd(REBUILD + "s/" + id);

    assertThat(second.status()).as(second.body().toString()).isEqualTo(409);
    assertThat(second.header("Location")).contains(REBUILD + "s/" + id);
    assertThat(second.body().at("/type").asText())
        .isEqualTo("urn:jangteo:problem:rebuild-under-way");
    assertThat(ended.body().at("/state").asText()).isEqualTo("FAILED");
    assertThat(documents()).isEqualTo(before);
    await().atMost(Duration.ofSeconds(20)).until(RebuildTest::isSwept);
  }

  /** Of three collections one has moved; the others lack what came after the places. */
  @Test
  void oneWhoseInstanceDiedInTheSwitchIsCarriedThroughByAnother() {
    awaitFree();
    String id = UUID.randomUUID().toString();
    copy("products", id);
    copy("listing_graves", id);
    List<Document> places = places();
    aggregate.send(product(200, 1_000, "옮긴 뒤"), erased("listings", 20_101, 1_000));
    aggregate.send(seller(2, 1_000, "나중 이름"), product(700_000, 1, "새 상품"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                products.countDocuments(Filters.eq("product.version", 1_000L)) == 1
                    && products.countDocuments(Filters.eq("listings.id", 20_101L)) == 0
                    && products.countDocuments(Filters.eq("_id", 700_000L)) == 1
                    && products.countDocuments(
                            Filters.and(
                                Filters.eq("listings.sellerId", 2L),
                                Filters.ne("sellers.version", 1_000L)))
                        == 0);
    List<Document> before = documents();

    died(id, "SWITCHING", places);
    Rest.Answer ended = awaitEnd(REBUILD + "s/" + id);

    assertThat(ended.body().at("/state").asText()).isEqualTo("DONE");
    assertThat(documents()).isEqualTo(before);
    assertThat(isSwept()).isTrue();
  }

  private static void copy(String collection, String id) {
    aggregate
        .database()
        .getCollection(collection)
        .aggregate(List.of(new Document("$out", collection + ".rebuild-" + id)))
        .toCollection();
  }

  private static void died(String id, String state, List<Document> places) {
    aggregate
        .database()
        .getCollection("rebuilds")
        .insertOne(
            new Document("_id", id)
                .append("active", true)
                .append("state", state)
                .append("stage", "WRITING")
                .append("owner", "nobody")
                .append("startedAt", Date.from(Instant.now()))
                // Heard of just now, so that the silence has yet to come.
                .append("heardAt", Date.from(Instant.now()))
                .append("expected", 0L)
                .append("documents", 0L)
                .append("caughtUp", 0L)
                .append("positions", places));
  }

  /** Where the live one is: all of it is in the copies. */
  private static List<Document> places() {
    List<Document> places = new ArrayList<>();
    Document model = aggregate.database().getCollection("read_models").find().first();
    model
        .get("position", new Document())
        .forEach(
            (topic, partitions) ->
                ((Document) partitions)
                    .forEach(
                        (partition, offset) ->
                            places.add(
                                new Document("topic", topic)
                                    .append("partition", Integer.valueOf(partition))
                                    .append("offset", offset))));
    return places;
  }

  private static boolean isSwept() {
    return aggregate.database().listCollectionNames().into(new ArrayList<>()).stream()
        .noneMatch(name -> name.contains("rebuild-"));
  }

  @Test
  void onlyAdminsMay() {
    assertThat(aggregate.member().post(REBUILD).status()).isEqualTo(403);
    assertThat(aggregate.admin().get(REBUILD + "s/00000000-0000-0000-0000-000000000000").status())
        .isEqualTo(404);
    assertThat(aggregate.admin().get(REBUILD + "s/x").status()).isEqualTo(404);
  }

  private static void awaitFree() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                aggregate
                        .database()
                        .getCollection("rebuilds")
                        .countDocuments(Filters.eq("active", true))
                    == 0);
  }

  private static Rest.Answer awaitEnd(String place) {
    return await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> aggregate.admin().get(place),
            answer -> answer.body().at("/stage").asText().equals("ENDED"));
  }

  private static void awaitApplied() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                products.countDocuments(Filters.eq("product.version", 2L)) == PRODUCTS - 1
                    && products.countDocuments(Filters.eq("listings.version", 3L))
                        == PRODUCTS - PRODUCTS / 100
                    && products.countDocuments(Filters.eq("listings.version", 2L)) == PRODUCTS / 10
                    && products.countDocuments(Filters.eq("rating.version", 2L)) == PRODUCTS / 10
                    && products.countDocuments(Filters.eq("listings.version", 1L)) == 1
                    && products.countDocuments(
                            Filters.and(
                                Filters.eq("listings.sellerId", 5L),
                                Filters.ne("sellers.erased", true)))
                        == 0
                    && products.countDocuments(Filters.eq("product.erased", true)) == 1
                    && products.countDocuments(
                            Filters.and(
                                Filters.eq("listings.sellerId", 1L),
                                Filters.ne("sellers.name", "가게 1")))
                        == 0);
  }

  private static List<Document> documents() {
    return products.find().sort(new Document("_id", 1)).into(new ArrayList<>());
  }
}
