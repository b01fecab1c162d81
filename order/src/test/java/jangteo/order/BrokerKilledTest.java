package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.local.servers.Cache;
import jangteo.local.servers.Kafka;
import jangteo.local.servers.ManagedProcess;
import jangteo.local.servers.Ports;
import jangteo.local.servers.Program;
import jangteo.testkit.Rest;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * The only broker is killed while orders flow, in the middle of the saga's transactions, and
 * started again where it was. {@code -Djangteo.order.broker-kills=50} repeats it.
 */
class BrokerKilledTest {
  private static final long BUYER = 7;
  private static final int KILLS = Integer.getInteger("jangteo.order.broker-kills", 2);
  private static final int A_SECOND = 10;
  private static final int SOME = 15;
  private static final Duration AWAY = Duration.ofSeconds(1);

  /** A broker that has just started is cold, on a crowded machine for a while. */
  private static final Duration LIMIT = Duration.ofSeconds(100);

  private final Queue<JsonNode> recorded = new ConcurrentLinkedQueue<>();

  @Test
  void theSagaGoesOnEachTimeAndEveryOrderEnds(@TempDir Path folder) throws Exception {
    List<Integer> ports = Ports.free(2);
    Program broker =
        Kafka.locate(Cache.folder(), System.err::println)
            .program(
                folder.resolve("kafka"),
                Path.of("target").toAbsolutePath(),
                ports.getFirst(),
                ports.getLast());
    ManagedProcess kafka = ManagedProcess.start(broker, folder);
    try {
      kafka.awaitReady();
      try (Shop shop =
              new Shop(Map.of("kafka.bootstrap-servers", "127.0.0.1:" + ports.getFirst()));
          Instance instance = Instance.start(shop, folder.resolve("brokerless"));
          WillingParticipants _ = participants(shop, instance);
          ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();
          ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor()) {
        Rest buyer = instance.rest().as(shop.tokens.token(BUYER, "BUYER"));
        var unused =
            load.scheduleAtFixedRate(
                () -> customers.execute(() -> place(buyer)),
                0,
                1_000 / A_SECOND,
                TimeUnit.MILLISECONDS);
        for (int kill = 0; kill < KILLS; kill++) {
          awaitDecided(buyer, kill);
          kafka.kill();
          await().pollDelay(AWAY).until(() -> true);
          kafka = ManagedProcess.start(broker, folder);
          kafka.awaitReady();
        }
        awaitDecided(buyer, KILLS);
        load.shutdown();
        await()
            .atMost(LIMIT)
            .untilAsserted(
                () ->
                    assertThat(recorded)
                        .extracting(order -> read(buyer, order))
                        .allMatch(order -> order.hasNonNull("endedAt")));
      }
    } finally {
      kafka.kill();
    }
  }

  private static WillingParticipants participants(Shop shop, Instance instance)
      throws InterruptedException {
    instance.awaitReady();
    return WillingParticipants.of(shop);
  }

  /** Some orders are taken from now on, and each is decided. */
  private void awaitDecided(Rest buyer, int kills) {
    int before = recorded.size();
    await()
        .alias("orders are taken after " + kills + " kills")
        .atMost(LIMIT)
        .until(() -> recorded.size() >= before + SOME);
    List<JsonNode> taken = List.copyOf(recorded);
    await()
        .alias("orders end after " + kills + " kills")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(taken.subList(before, before + SOME))
                    .extracting(order -> read(buyer, order))
                    .allMatch(order -> order.hasNonNull("endedAt")));
  }

  private void place(Rest buyer) {
    try {
      Rest.Answer answer = Shop.ordersTeapot(buyer);
      if (answer.status() == 202) {
        recorded.add(answer.body());
      }
    } catch (UncheckedIOException e) {
      return; // cut off at the end of the test
    }
  }

  private static JsonNode read(Rest buyer, JsonNode order) {
    return buyer.get("/api/v1/orders/" + order.get("orderId").asText()).body();
  }
}
