package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The only instance is killed while orders flow, and started again where it was. {@code
 * -Djangteo.order.kills=10} repeats it.
 */
class KilledInstanceTest {
  private static final long BUYER = 7;
  private static final int KILLS = Integer.getInteger("jangteo.order.kills", 1);
  private static final int A_SECOND = 5;
  private static final int SOME = 15;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Less than the time after which the broker itself ends a dead producer's transaction. */
  private static final Duration SOON = Duration.ofSeconds(3);

  private final Queue<JsonNode> recorded = new ConcurrentLinkedQueue<>();

  @Test
  void noHealthyOrderIsCancelledForIt(@TempDir Path folder) throws Exception {
    try (Shop shop = new Shop(Map.of());
        Instance instance = Instance.start(shop, folder.resolve("killed"))) {
      instance.awaitReady();
      Rest buyer = instance.rest().as(shop.tokens.token(BUYER, "BUYER"));
      Instant lastStart = Instant.now();
      try (WillingParticipants participants = WillingParticipants.of(shop)) {
        try (ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();
            ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor()) {
          var unused =
              load.scheduleAtFixedRate(
                  () -> customers.execute(() -> place(buyer)),
                  0,
                  1_000 / A_SECOND,
                  TimeUnit.MILLISECONDS);
          for (int kill = 0; kill < KILLS; kill++) {
            awaitSomeMore();
            instance.kill();
            lastStart = Instant.now();
            instance.startAgain();
          }
          awaitSomeMore();
          load.shutdown();
        }
        for (JsonNode order : recorded) {
          JsonNode ended =
              await().atMost(LIMIT).until(() -> read(buyer, order), KilledInstanceTest::isDecided);
          Instant answered = participants.answered().get(order.get("orderId").asText());
          assertThat(answered).as("seen by others: %s", ended).isNotNull();
          if (answered.isBefore(time(order, "deadline"))) {
            assertThat(ended.get("status").asText())
                .as("answered at %s: %s", answered, ended)
                .isEqualTo("CONFIRMED");
          }
          if (time(order, "placedAt").isAfter(lastStart)) {
            assertThat(Duration.between(time(order, "placedAt"), answered))
                .as("until others see what was recorded after the start")
                .isLessThan(SOON);
          }
        }
      }
    }
  }

  private void awaitSomeMore() {
    int before = recorded.size();
    await().atMost(LIMIT).until(() -> recorded.size() >= before + SOME);
  }

  private void place(Rest buyer) {
    try {
      Rest.Answer answer = Shop.ordersTeapot(buyer);
      if (answer.status() == 202) {
        recorded.add(answer.body());
      }
    } catch (UncheckedIOException e) {
      return; // it is dead at the moment, and says so in no other way
    }
  }

  private static JsonNode read(Rest buyer, JsonNode order) {
    return buyer.get("/api/v1/orders/" + order.get("orderId").asText()).body();
  }

  private static boolean isDecided(JsonNode order) {
    return order.hasNonNull("endedAt");
  }

  private static Instant time(JsonNode order, String field) {
    return Instant.parse(order.get(field).asText());
  }
}
