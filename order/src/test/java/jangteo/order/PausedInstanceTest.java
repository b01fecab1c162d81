package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instances come, stand still for longer than their session, and come back while orders flow; with
 * ten orders a second a transaction is often open.
 */
class PausedInstanceTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @Test
  void nothingIsLostDoubledOrCancelledForIt(@TempDir Path folder) throws Exception {
    AtomicInteger placed = new AtomicInteger();
    try (Shop shop = new Shop(folder.resolve("one"), Map.of("saga.deadline", "PT10S"));
        WillingParticipants _ = WillingParticipants.of(shop)) {
      try (ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor()) {
        var unused =
            load.scheduleAtFixedRate(
                () -> {
                  shop.command(List.of(UUID.randomUUID()));
                  placed.incrementAndGet();
                },
                0,
                100,
                TimeUnit.MILLISECONDS);
        try (Instance other = Instance.start(shop, folder.resolve("paused"))) {
          await().atMost(LIMIT).until(() -> shop.isSharedBy(2));
          other.pause();
          await().atMost(LIMIT).until(() -> shop.isSharedBy(1));
          other.resume();
          await().atMost(LIMIT).until(() -> shop.isSharedBy(2));
          load.shutdown();
          assertThat(load.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
          await()
              .atMost(LIMIT)
              .untilAsserted(
                  () ->
                      assertThat(ToldOrders.of(shop))
                          .hasSize(placed.get())
                          .allSatisfy(
                              (order, statuses) ->
                                  assertThat(statuses).containsExactly("PLACED", "CONFIRMED")));
        }
      }
    }
  }
}
