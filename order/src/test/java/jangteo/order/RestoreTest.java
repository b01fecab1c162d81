package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance on a fresh disk restores the open orders from the changelog, and finds their answers
 * and their deadlines waiting. {@code -Djangteo.order.restore=100000} raises the size.
 */
class RestoreTest {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreTest.class);
  private static final int ORDERS = Integer.getInteger("jangteo.order.restore", 5_000);

  /** Long enough to record them all, and then some for a busy machine. */
  private static final Duration DEADLINE = Duration.ofSeconds(20).plusMillis(2L * ORDERS);

  private static final Duration LIMIT = DEADLINE.plusMinutes(2);

  private static final Duration LOOK = Duration.ofSeconds(1);

  @Test
  void whatWasAnsweredMeanwhileIsConfirmedAndTheRestIsEnded(@TempDir Path folder) throws Exception {
    List<UUID> orders = Stream.generate(UUID::randomUUID).limit(ORDERS).toList();
    List<UUID> healthy = orders.subList(ORDERS / 10, ORDERS);
    try (Shop shop =
        new Shop(folder.resolve("lost"), Map.of("saga.deadline", DEADLINE.toString()))) {
      shop.command(orders);
      await().atMost(LIMIT).pollInterval(LOOK).until(() -> ToldOrders.of(shop).size() == ORDERS);
      Instant lastDeadline = Instant.now().plus(DEADLINE);
      shop.stop();
      healthy.forEach(order -> shop.acceptSoon(order.toString()));
      await().atMost(LIMIT).until(() -> Instant.now().isAfter(lastDeadline));

      Instant begun = Instant.now();
      shop.startOn(folder.resolve("fresh"));
      Duration ready = Duration.between(begun, Instant.now());
      await().atMost(LIMIT).pollInterval(LOOK).until(() -> open(shop) == 0);
      LOG.info(
          "{} open orders: ready {} ms after the start, all decided after {} ms",
          ORDERS,
          ready.toMillis(),
          Duration.between(begun, Instant.now()).toMillis());

      Map<String, Long> ends =
          ToldOrders.of(shop).values().stream()
              .collect(Collectors.groupingBy(List::getLast, Collectors.counting()));
      assertThat(ends)
          .isEqualTo(
              Map.of(
                  "CONFIRMED", (long) healthy.size(),
                  "CANCELLED", (long) (ORDERS - healthy.size())));
    }
  }

  private static long open(Shop shop) throws IOException {
    return ToldOrders.of(shop).values().stream()
        .filter(statuses -> statuses.getLast().equals("PLACED"))
        .count();
  }
}
