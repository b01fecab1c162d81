package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody says anything, and nothing else goes on: the order ends all the same (invariant 1). */
class DeadlineTest {
  private static final Map<String, Object> TEAPOT =
      Map.of(
          "items",
          List.of(Map.of("productId", "1", "quantity", 1)),
          "payment",
          Map.of("method", "WALLET"));

  @Test
  void withoutAnyTrafficTheDeadlineEndsAnOrder(@TempDir Path stateDirectory) throws IOException {
    try (Shop shop = new Shop(stateDirectory, Map.of("saga.deadline", "PT3S"))) {
      Rest buyer = shop.member(7);
      JsonNode placed =
          buyer
              .post("/api/v1/orders", TEAPOT, "Idempotency-Key", UUID.randomUUID().toString())
              .body();
      String path = "/api/v1/orders/" + placed.get("orderId").asText();

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !buyer.get(path).body().get("status").asText().equals("PLACED"));

      JsonNode ended = buyer.get(path).body();
      Instant deadline = Instant.parse(placed.get("deadline").asText());
      assertThat(ended.get("status").asText()).isEqualTo("CANCELLED");
      assertThat(ended.get("reason").asText()).isEqualTo("TIMEOUT");
      assertThat(Instant.parse(ended.get("endedAt").asText()))
          .isBetween(deadline, deadline.plusMillis(500));
    }
  }
}
