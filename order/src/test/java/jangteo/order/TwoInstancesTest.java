package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of order share the orders; one of them is killed or stopped. */
class TwoInstancesTest {
  private static final long BUYER = 7;
  private static final int ORDERS = 24;
  private static final int MANY = 600;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aKilledInstanceIsTakenOverAndEachOrderEndsOnce(@TempDir Path folder) throws Exception {
    try (Shop shop = new Shop(folder.resolve("one"), Map.of("saga.deadline", "PT20S"));
        Instance other = Instance.start(shop, folder.resolve("other"))) {
      other.awaitReady();
      await().atMost(LIMIT).until(() -> shop.isSharedBy(2));
      Rest there = other.rest();
      List<String> orders = new ArrayList<>();
      for (int i = 0; i < ORDERS; i++) {
        Rest at = i % 2 == 0 ? shop.member(BUYER) : there.as(shop.tokens.token(BUYER, "BUYER"));
        orders.add(place(at));
      }
      List<String> early = orders.subList(0, ORDERS / 3);
      List<String> late = orders.subList(ORDERS / 3, 2 * ORDERS / 3);
      List<String> never = orders.subList(2 * ORDERS / 3, ORDERS);
      early.forEach(shop::accept);

      other.kill();
      late.forEach(shop::accept);

      await()
          .atMost(LIMIT)
          .until(() -> orders.stream().noneMatch(order -> status(shop, order).equals("PLACED")));
      assertThat(early).allMatch(order -> status(shop, order).equals("CONFIRMED"));
      assertThat(late).allMatch(order -> status(shop, order).equals("CONFIRMED"));
      assertThat(never).allMatch(order -> status(shop, order).equals("CANCELLED"));
      assertThat(ToldOrders.of(shop))
          .as("each order was placed once and ended once")
          .allSatisfy(
              (order, statuses) ->
                  assertThat(statuses.stream().distinct()).hasSize(2).startsWith("PLACED"))
          .hasSize(ORDERS);
    }
  }

  @Test
  void aKilledInstancesStoresAreThereAlready(@TempDir Path folder) throws Exception {
    try (Shop shop = new Shop(folder.resolve("one"), Map.of("saga.deadline", "PT10M"));
        Instance other = Instance.start(shop, folder.resolve("standby"))) {
      await().atMost(LIMIT).until(() -> shop.isSharedBy(2));
      double copiedBefore = shop.metric("saga_copied_total");
      List<UUID> orders = Stream.generate(UUID::randomUUID).limit(MANY).toList();
      shop.command(orders);
      await()
          .atMost(LIMIT)
          .until(() -> shop.metric("saga_copied_total") >= copiedBefore + MANY / 6.0);
      double restoredBefore = shop.metric("saga_restored_total");

      other.kill();

      orders.forEach(order -> shop.acceptSoon(order.toString()));
      awaitAllConfirmed(shop, MANY);
      assertThat(shop.metric("saga_restored_total") - restoredBefore)
          .as("records that a takeover had to wait for")
          .isLessThan(MANY / 10.0);
    }
  }

  @Test
  void aStoppedInstanceHandsItsOrdersOverAtOnce(@TempDir Path folder) throws Exception {
    try (Shop shop = new Shop(folder.resolve("stopping"), Map.of("saga.deadline", "PT10M"));
        Instance other = Instance.start(shop, folder.resolve("staying"))) {
      await().atMost(LIMIT).until(() -> shop.isSharedBy(2));
      List<UUID> orders = Stream.generate(UUID::randomUUID).limit(ORDERS).toList();
      shop.command(orders);
      await().atMost(LIMIT).until(() -> ToldOrders.of(shop).size() == ORDERS);

      shop.stop();

      assertThat(shop.members())
          .as("members of the group: whoever stays in it holds its orders for the session's time")
          .isEqualTo(1);
      orders.forEach(order -> shop.acceptSoon(order.toString()));
      awaitAllConfirmed(shop, ORDERS);
    }
  }

  private static void awaitAllConfirmed(Shop shop, int orders) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(ToldOrders.of(shop).values())
                    .hasSize(orders)
                    .allSatisfy(statuses -> assertThat(statuses).endsWith("CONFIRMED")));
  }

  private static String place(Rest at) {
    JsonNode placed = Shop.ordersTeapot(at).body();
    assertThat(placed.path("status").asText()).as("%s", placed).isEqualTo("PLACED");
    return placed.get("orderId").asText();
  }

  private static String status(Shop shop, String order) {
    return shop.member(BUYER).get("/api/v1/orders/" + order).body().path("status").asText();
  }
}
