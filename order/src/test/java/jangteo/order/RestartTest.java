package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.chassis.Service;
import jangteo.chassis.ServiceConfig;
import jangteo.testkit.Rest;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

  @Test
  void whileTheNewestOrdersAreNotKnownNoneIsSaidToBeMissing(@TempDir Path stateDirectory) {
    try (TestTokens tokens = new TestTokens();
        Service service =
            Service.start(
                "order",
                ServiceConfig.of(
                    Map.of(
                        "server.port",
                        "0",
                        "admin.port",
                        "0",
                        "mongo.uri",
                        TestServers.mongo("orders"),
                        "kafka.bootstrap-servers",
                        "127.0.0.1:9",
                        "security.jwks-url",
                        tokens.jwksUrl(),
                        "saga.state-dir",
                        stateDirectory.toString())),
                Main::wire)) {
      Rest buyer = new Rest("http://127.0.0.1:" + service.port()).as(tokens.token(BUYER, "BUYER"));

      Rest.Answer answer = buyer.get("/api/v1/orders/" + UUID.randomUUID());

      assertThat(answer.status()).as("%s", answer).isEqualTo(503);
      assertThat(answer.header("Retry-After")).hasValue("1");
      assertThat(answer.body().get("detail").asText()).contains("has just started");
    }
  }

  private static JsonNode place(Shop shop) {
    return Shop.ordersTeapot(shop.member(BUYER)).body();
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
