package jangteo.aggregate.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import jangteo.aggregate.RunningAggregate;
import jangteo.testkit.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The read model held against item's own store, and mended by item's own word. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ReconcileTest {

  private static final String RECONCILE = "/api/v1/admin/read-models/products/reconcile";
  private static final int PRODUCTS = 20;
  private static final long GHOST = 42;

  private static RunningAggregate aggregate;
  private static MongoCollection<Document> products;
  private static final List<Long> ids = new ArrayList<>();

  @BeforeAll
  static void start() {
    aggregate = RunningAggregate.startWithItem();
    products = aggregate.database().getCollection("products");
    for (int i = 0; i < PRODUCTS; i++) {
      Rest.Answer made =
          aggregate
              .seller(11)
              .post(
                  "/api/v1/items",
                  Map.of(
                      "name",
                      "무선 이어폰 " + i,
                      "description",
                      "$name 🎧",
                      "category",
                      "audio",
                      "brand",
                      "Sony",
                      "attributes",
                      Map.of("색상", "검정", "b.c", "$d"),
                      "images",
                      List.of("https://images.example/" + i + ".jpg")));
      assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
      ids.add(made.body().at("/productId").asLong());
      listing(11, ids.getLast(), 1_000 + i);
      listing(12, ids.getLast(), 2_000 + i);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                products.countDocuments(
                        Filters.and(Filters.eq("visible", true), Filters.size("listings", 2)))
                    == PRODUCTS);
  }

  @AfterAll
  static void stop() {
    aggregate.close();
  }

  @Test
  @Order(1)
  void nothingDiffersWhenNothingDoes() {
    JsonNode answer = reconcile(false);

    assertThat(answer.at("/ok").asBoolean()).as(answer.toString()).isTrue();
    assertThat(answer.at("/products").asInt()).isEqualTo(PRODUCTS);
    assertThat(answer.at("/listings").asInt()).isEqualTo(2 * PRODUCTS);
    assertThat(answer.at("/opened").asInt()).isZero();
    assertThat(answer.at("/moving").asInt()).isZero();
  }

  @Test
  @Order(2)
  void whatAHandHasChangedIsFoundAndRepaired() {
    List<Document> before = visible();
    change(0, Updates.set("listings.0.price", 1L));
    products.deleteOne(Filters.eq(ids.get(1)));
    Document ghost = products.find(Filters.eq(ids.get(2))).first();
    products.insertOne(new Document(ghost).append("_id", GHOST));
    change(2, Updates.set("product.name", "다른 이름"));
    change(3, Updates.set("product.version", 99L));
    change(
        4, Updates.set("product", new Document("version", Long.MAX_VALUE).append("erased", true)));
    change(5, Updates.set("minPrice.amount", 7L));
    change(6, Updates.set("listings.1.available", 5.0));
    change(7, Updates.popFirst("listings"));
    change(8, Updates.set("listings.0.version", 0L));
    change(9, Updates.unset("product.brand"));
    change(
        10,
        Updates.push(
            "listings",
            new Document("id", 4711L)
                .append("version", 3L)
                .append("sellerId", 13L)
                .append("price", 5L)
                .append("currency", "KRW")
                .append("status", "ON_SALE")
                .append("available", 5L)
                .append("snapshot", 1L)));
    aggregate
        .database()
        .getCollection("listing_graves")
        .insertOne(new Document("_id", listingId(11, 0)).append("version", Long.MAX_VALUE));
    change(11, Updates.popFirst("listings"));

    JsonNode found = reconcile(false);

    assertThat(found.at("/ok").asBoolean()).isFalse();
    assertThat(kinds(found))
        .containsExactlyInAnyOrderEntriesOf(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry(ids.get(0), "DIFFERS price"),
                    Map.entry(ids.get(1), "MISSING MISSING MISSING"),
                    Map.entry(GHOST, "SURPLUS SURPLUS SURPLUS"),
                    Map.entry(ids.get(2), "DIFFERS name"),
                    Map.entry(ids.get(3), "AHEAD"),
                    Map.entry(ids.get(4), "MISSING"),
                    Map.entry(ids.get(5), "DERIVED"),
                    Map.entry(ids.get(6), "DIFFERS available"),
                    Map.entry(ids.get(7), "MISSING"),
                    Map.entry(ids.get(8), "STALE"),
                    Map.entry(ids.get(9), "DIFFERS brand"),
                    Map.entry(ids.get(10), "SURPLUS"),
                    Map.entry(ids.get(11), "MISSING"))));
    assertThat(visible()).isNotEqualTo(before);

    JsonNode repaired = reconcile(true);

    assertThat(repaired.at("/ok").asBoolean()).as(repaired.toString()).isTrue();
    assertThat(repaired.at("/found").asInt()).isEqualTo(found.at("/found").asInt());
    assertThat(visible()).isEqualTo(before);
    JsonNode after = reconcile(false);
    assertThat(after.at("/found").asInt()).as(after.toString()).isZero();
    assertThat(after.at("/opened").asInt()).isZero();
  }

  @Test
  @Order(3)
  void whatIsOnItsWayIsNotAccused() {
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; !ended.get(); i++) {
                long id = ids.get(i % PRODUCTS);
                listing(11, id, 5_000 + i);
                aggregate.seller(11).patch("/api/v1/items/" + id, Map.of("name", "무선 이어폰, " + i));
              }
            },
            threads);
    for (int i = 0; i < 5; i++) {
      JsonNode answer = reconcile(false);
      assertThat(answer.at("/ok").asBoolean()).as(answer.toString()).isTrue();
    }
    ended.set(true);
    writing.join();
    threads.close();
  }

  @Test
  @Order(4)
  void aDeletedProductIsMissedNowhereAndFoundWhereItIsStillShown() {
    long deleted = ids.getLast();
    Document shown = products.find(Filters.eq(deleted)).first();
    assertThat(aggregate.seller(11).delete("/api/v1/items/" + deleted).status()).isEqualTo(204);

    JsonNode after = reconcile(false);

    assertThat(after.at("/ok").asBoolean()).as(after.toString()).isTrue();
    assertThat(after.at("/products").asInt()).isEqualTo(PRODUCTS - 1);
    products.replaceOne(Filters.eq(deleted), shown);
    assertThat(reconcile(true).at("/found").asInt()).isEqualTo(3);
    assertThat(
            products.countDocuments(Filters.and(Filters.eq(deleted), Filters.eq("visible", true))))
        .isZero();
  }

  @Test
  @Order(5)
  void wrongCallsAreRefused() {
    Rest.Answer wrong = aggregate.admin().post(RECONCILE + "?repair=maybe");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().at("/errors/0/field").asText()).isEqualTo("repair");
    assertThat(aggregate.member().post(RECONCILE).status()).isEqualTo(403);
  }

  private static JsonNode reconcile(boolean repair) {
    Rest.Answer answer = aggregate.admin().post(RECONCILE + "?repair=" + repair);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }

  private static Map<Long, String> kinds(JsonNode found) {
    Map<Long, String> kinds = new TreeMap<>();
    for (JsonNode difference : found.at("/differences")) {
      String fields =
          String.join(
              " ",
              StreamSupport.stream(difference.at("/fields").spliterator(), false)
                  .map(JsonNode::asText)
                  .toList());
      kinds.merge(
          difference.at("/productId").asLong(),
          (difference.at("/kind").asText() + " " + fields).strip(),
          (one, other) -> one + " " + other);
    }
    return kinds;
  }

  private static void change(int index, Bson how) {
    assertThat(products.updateOne(Filters.eq(ids.get(index)), how).getModifiedCount()).isEqualTo(1);
  }

  private static long listingId(int index, int listing) {
    return products
        .find(Filters.eq(ids.get(index)))
        .first()
        .getList("listings", Document.class)
        .get(listing)
        .getLong("id");
  }

  private static void listing(long seller, long product, long price) {
    Rest.Answer answer =
        aggregate
            .seller(seller)
            .put(
                "/api/v1/items/" + product + "/listing",
                Map.of(
                    "price",
                    Map.of("amount", price, "currency", "KRW"),
                    "quantity",
                    5,
                    "status",
                    "ON_SALE"));
    assertThat(answer.status()).as(answer.body().toString()).isIn(200, 201);
  }

  private static List<Document> visible() {
    return products
        .find(Filters.and(Filters.eq("visible", true), Filters.ne("_id", GHOST)))
        .sort(new Document("_id", 1))
        .into(new ArrayList<>());
  }
}
