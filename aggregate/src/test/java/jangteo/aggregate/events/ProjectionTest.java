package jangteo.aggregate.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import io.helidon.config.Config;
import jangteo.aggregate.Main;
import jangteo.chassis.Part;
import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.events.TopicFollower;
import jangteo.item.v1.ListingChanged;
import jangteo.item.v1.ProductChanged;
import jangteo.search.v1.ListingStatus;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The running sync worker, from topics to documents. */
final class ProjectionTest {

  private static TestTokens tokens;
  private static Config config;
  private static Service aggregate;
  private static Kafka others;
  private static MongoClient client;
  private static MongoCollection<Document> products;

  @BeforeAll
  static void start() {
    String mongo = TestServers.mongo("search");
    tokens = new TestTokens();
    config =
        ServiceConfig.of(
            Map.of(
                "server.port", "0",
                "admin.port", "0",
                "mongo.uri", mongo,
                "kafka.bootstrap-servers", TestServers.kafka(),
                "kafka.prefix", TestServers.prefix(),
                "security.issuer", tokens.issuer(),
                "security.audience", tokens.audience(),
                "security.jwks-url", tokens.jwksUrl()));
    aggregate = Service.start("aggregate", config, Main::wire);
    others = Kafka.create("others", config.get("kafka"), Clock.systemUTC());
    others.ensure("products", "listings");
    others.start();
    client = MongoClients.create(mongo);
    products =
        client.getDatabase(new ConnectionString(mongo).getDatabase()).getCollection("products");
    await().atMost(Duration.ofSeconds(60)).until(() -> others.topicsReady() && aggregate.ready());
  }

  @AfterAll
  static void stop() {
    client.close();
    aggregate.close();
    others.stop();
    tokens.close();
  }

  @Test
  void aRecordThatCannotBeReadIsADeadLetterAndHoldsNobodyUp() {
    List<String> dead = new ArrayList<>();
    Part follower =
        others.follow(
            TopicFollower.of("products.aggregate.dlt").fromStart().each(r -> dead.add(r.key())));
    follower.start();

    others
        .publisher()
        .send(
            new Event("products", "1", "", Optional.of(new byte[] {1, 2, 3}), Map.of()),
            new Event("products", "not an id", "", Optional.empty(), Map.of()),
            product(2, 1));

    await().atMost(Duration.ofSeconds(30)).until(() -> document(2).isPresent());
    await().atMost(Duration.ofSeconds(30)).until(() -> dead.size() == 2);
    assertThat(dead).containsExactlyInAnyOrder("1", "not an id");
    follower.stop();
  }

  @Test
  void anOlderRecordChangesNothing() {
    others.publisher().send(product(3, 2), listing(3, 9), listing(3, 8), product(3, 1));
    others.publisher().send(product(4, 1));

    await().atMost(Duration.ofSeconds(30)).until(() -> document(4).isPresent());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> document(3).map(d -> d.containsKey("priceUp")).orElse(false));
    Document document = document(3).orElseThrow();
    assertThat(document.getEmbedded(List.of("product", "version"), Long.class)).isEqualTo(2);
    assertThat(document.getList("listings", Document.class))
        .extracting(listing -> listing.getLong("version"))
        .containsExactly(9L);
  }

  @Test
  void theIndexesOfSearchAreThere() {
    assertThat(products.listIndexes().map(index -> index.get("key", Document.class).toJson()))
        .contains(
            "{\"terms\": 1, \"_id\": -1}", "{\"listings.id\": 1}", "{\"product.beginnings\": 1}");
  }

  private static Optional<Document> document(long id) {
    return Optional.ofNullable(
        products.find(Filters.and(Filters.eq(id), Filters.eq("visible", true))).first());
  }

  private static Event product(long id, long version) {
    ProductChanged product =
        ProductChanged.newBuilder()
            .setProductId(id)
            .setVersion(version)
            .setName("상품 " + id)
            .build();
    return Event.of("products", Long.toString(id), product).withVersion(version);
  }

  private static Event listing(long product, long sequence) {
    ListingChanged listing =
        ListingChanged.newBuilder()
            .setListingId(product * 100)
            .setProductId(product)
            .setSellerId(1)
            .setStatus(ListingStatus.LISTING_STATUS_ON_SALE)
            .setSequence(sequence)
            .build();
    return Event.of("listings", Long.toString(product * 100), listing).withVersion(sequence);
  }
}
