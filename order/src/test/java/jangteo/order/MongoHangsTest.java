package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.local.servers.Cache;
import jangteo.local.servers.ManagedProcess;
import jangteo.local.servers.Mongo;
import jangteo.local.servers.Ports;
import jangteo.testkit.Rest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MongoDB takes what it is sent and never answers: neither there nor away. */
class MongoHangsTest {
  private static final long BUYER = 7;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A second, and more for a crowded machine; the driver alone would wait for fifteen. */
  private static final Duration SOON = Duration.ofSeconds(8);

  @Test
  void ordersAreTakenAndDecidedAndTheReadModelCatchesUp(@TempDir Path folder) throws Exception {
    ManagedProcess mongo =
        ManagedProcess.start(
            Mongo.locate(Cache.folder(), System.err::println)
                .program(folder.resolve("mongo"), folder, Ports.free(1).getFirst()),
            folder.resolve("pids"));
    try {
      mongo.awaitReady();
      String uri =
          "mongodb://127.0.0.1:%d/orders?replicaSet=%s"
              .formatted(mongo.program().port(), Mongo.REPLICA_SET);
      try (Shop shop =
          new Shop(folder.resolve("state"), Map.of("saga.deadline", "PT30S", "mongo.uri", uri))) {
        List<String> orders = new ArrayList<>(List.of(place(shop)));
        mongo.pause();

        for (int i = 0; i < 3; i++) {
          long begun = System.nanoTime();
          orders.add(place(shop));
          assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        }
        orders.forEach(shop::accept);
        orders.forEach(order -> await().atMost(LIMIT).until(() -> isConfirmed(shop, order)));

        mongo.resume();
        await()
            .atMost(LIMIT)
            .untilAsserted(
                () ->
                    assertThat(shop.member(BUYER).get("/api/v1/orders").body().get("items"))
                        .hasSameSizeAs(orders));
      }
    } finally {
      mongo.kill();
    }
  }

  private static String place(Shop shop) {
    Rest.Answer placed = Shop.ordersTeapot(shop.member(BUYER));
    assertThat(placed.status()).as("%s", placed).isEqualTo(202);
    return placed.body().get("orderId").asText();
  }

  private static boolean isConfirmed(Shop shop, String order) {
    JsonNode known = shop.member(BUYER).get("/api/v1/orders/" + order).body();
    return known.path("status").asText().equals("CONFIRMED");
  }
}
