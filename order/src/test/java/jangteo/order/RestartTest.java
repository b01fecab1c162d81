package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.testkit.Rest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service goes away and comes back, and its surroundings do. */
class RestartTest {
  private static final long BUYER = 7;

  @Test
  void openOrdersAreDecidedByWhatWasSaidMeanwhile(@TempDir Path stateDirectory) throws IOException {
    try (Shop shop = new Shop(stateDirectory, Map.of("saga.deadline", "PT8S"))) {
      place(shop); // the first one pays for what is loaded lazily
      JsonNode answered = place(shop);
      JsonNode forgotten = place(shop);
      shop.stop();
      shop.accept(id(answered));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Instant.now().isAfter(deadline(forgotten)));

      shop.start();

      for (JsonNode order : List.of(answered, forgotten)) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !status(shop, order).equals("PLACED"));
      }
      assertThat(status(shop, answered)).isEqualTo("CONFIRMED");
      assertThat(status(shop, forgotten)).isEqualTo("CANCELLED");
      assertThat(shop.member(BUYER).get("/api/v1/orders").body().get("items")).hasSize(3);
    }
  }

  @Test
  void withoutBrokerAndDatabaseItStartsAndIsNotReady(@TempDir Path stateDirectory) {
    Map<String, String> nobody =
        Map.of(
            "server.port", "0",
            "admin.port", "0",
            "mongo.uri", "mongodb://127.0.0.1:9/orders",
            "kafka.bootstrap-servers", "127.0.0.1:9",
            "security.jwks-url", "http://127.0.0.1:9/jwks.json",
            "saga.state-dir", stateDirectory.toString());
    try (Service service = Service.start("order", ServiceConfig.of(nobody), Main::wire)) {
      Rest admin = new Rest("http://127.0.0.1:" + service.adminPort());

      assertThat(service.ready()).isFalse();
      assertThat(admin.get("/observe/health/live").status()).isBetween(200, 204);
      assertThat(admin.get("/observe/health/ready").status()).isEqualTo(503);
    }
  }

  /** What MongoDB has may be older than what a client has seen before the restart. */
  @Test
  void untilTheNewestOrdersAreKnownNothingIsSaidOfAny(@TempDir Path stateDirectory)
      throws IOException {
    try (Shop shop = new Shop(stateDirectory, Map.of())) {
      String key = UUID.randomUUID().toString();
      String known = id(place(shop, key));
      awaitInMongo(shop);
      shop.stop();

      try (Service service = startWithoutBroker(shop)) {
        Rest buyer =
            new Rest("http://127.0.0.1:" + service.port()).as(shop.tokens.token(BUYER, "BUYER"));
        for (String order : List.of(known, UUID.randomUUID().toString())) {
          assertIsToComeBack(buyer.get("/api/v1/orders/" + order));
          assertIsToComeBack(buyer.post("/api/v1/orders/" + order + "/cancel"));
        }
        assertIsToComeBack(buyer.get("/api/v1/orders"));
        assertIsToComeBack(Shop.ordersTeapot(buyer, key));
      }
    }
  }

  private static void awaitInMongo(Shop shop) {
    ConnectionString uri = new ConnectionString(shop.settings().get("mongo.uri"));
    try (MongoClient client = MongoClients.create(uri)) {
      MongoCollection<Document> orders =
          client.getDatabase(uri.getDatabase()).getCollection("orders");
      await().atMost(Duration.ofSeconds(30)).until(() -> orders.countDocuments() > 0);
    }
  }

  private static Service startWithoutBroker(Shop shop) {
    Map<String, String> settings = new HashMap<>(shop.settings());
    settings.put("kafka.bootstrap-servers", "127.0.0.1:9");
    return Service.start("order", ServiceConfig.of(settings), Main::wire);
  }

  /** Which tokens are blocked is not known either, and asked first. */
  private static void assertIsToComeBack(Rest.Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(503);
    assertThat(answer.header("Retry-After")).hasValue("1");
    assertThat(answer.body().get("detail").asText())
        .containsAnyOf("has just started", "Tokens cannot be checked");
  }

  private static JsonNode place(Shop shop) {
    return place(shop, UUID.randomUUID().toString());
  }

  private static JsonNode place(Shop shop, String key) {
    return Shop.ordersTeapot(shop.member(BUYER), key).body();
  }

  private static String status(Shop shop, JsonNode order) {
    return shop.member(BUYER).get("/api/v1/orders/" + id(order)).body().path("status").asText();
  }

  private static String id(JsonNode order) {
    return order.get("orderId").asText();
  }

  private static Instant deadline(JsonNode order) {
    return Instant.parse(order.get("deadline").asText());
  }
}
