package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.local.servers.ManagedProcess;
import jangteo.local.servers.Ports;
import jangteo.local.servers.Probe;
import jangteo.local.servers.Program;
import jangteo.order.v1.Order;
import jangteo.order.v1.OrderEvent;
import jangteo.testkit.Rest;
import jangteo.testkit.TestServers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of order share the orders; one of them, a process of its own, is killed. */
class TwoInstancesTest {
  private static final long BUYER = 7;
  private static final int ORDERS = 24;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aKilledInstanceIsTakenOverAndEachOrderEndsOnce(@TempDir Path folder) throws Exception {
    List<Integer> ports = Ports.free(2);
    try (Shop shop =
        new Shop(
            folder.resolve("one"),
            Map.of("saga.deadline", "PT20S", "saga.standby-replicas", "1"))) {
      ManagedProcess other =
          ManagedProcess.start(instance(shop, ports, folder.resolve("other")), folder);
      try {
        other.awaitReady();
        await().atMost(LIMIT).until(() -> twoShareTheWork(shop));
        Rest there = new Rest("http://127.0.0.1:" + ports.getFirst());
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
        assertThat(changes(shop))
            .as("each order was placed once and ended once")
            .allSatisfy(
                (order, statuses) ->
                    assertThat(statuses.stream().distinct()).hasSize(2).startsWith("PLACED"))
            .hasSize(ORDERS);
      } finally {
        other.kill();
      }
    }
  }

  /** The same service as a process of its own, with a store of its own. */
  private static Program instance(Shop shop, List<Integer> ports, Path folder) {
    Map<String, String> settings = new HashMap<>(shop.settings());
    settings.put("server.port", ports.getFirst().toString());
    settings.put("admin.port", ports.getLast().toString());
    settings.put("saga.state-dir", folder.resolve("state").toString());
    Map<String, String> environment = new HashMap<>();
    settings.forEach(
        (key, value) ->
            environment.put(
                key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
    return new Program(
        "other",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "jangteo.order.Main"),
        environment,
        folder,
        folder.resolveSibling("other.log"),
        Probe.http(URI.create("http://127.0.0.1:" + ports.getLast() + "/observe/health/ready")),
        ports.getFirst(),
        LIMIT);
  }

  private static String place(Rest at) {
    JsonNode placed = Shop.ordersTeapot(at).body();
    assertThat(placed.path("status").asText()).as("%s", placed).isEqualTo("PLACED");
    return placed.get("orderId").asText();
  }

  private static String status(Shop shop, String order) {
    return shop.member(BUYER).get("/api/v1/orders/" + order).body().path("status").asText();
  }

  /** Whether two instances are in the saga's group, and each has partitions of it. */
  private static boolean twoShareTheWork(Shop shop) throws InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestServers.kafka()))) {
      String group = shop.prefix + "order-saga";
      Collection<MemberDescription> members =
          admin.describeConsumerGroups(List.of(group)).describedGroups().get(group).get().members();
      return members.size() == 2
          && members.stream().noneMatch(one -> one.assignment().topicPartitions().isEmpty());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The statuses of each order by its versions, each version once, as the topic has them. */
  private static Map<String, List<String>> changes(Shop shop) throws IOException {
    Map<String, TreeMap<Long, String>> versions = new HashMap<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                TestServers.kafka(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(shop.prefix + "orders").stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          Order order = OrderEvent.parseFrom(record.value()).getOrder();
          String status = order.getStatus().name().replace("ORDER_STATUS_", "");
          String before =
              versions
                  .computeIfAbsent(record.key(), id -> new TreeMap<>())
                  .put(order.getVersion(), status);
          assertThat(before).as("one version is one state").isIn(null, status);
        }
      }
    }
    Map<String, List<String>> statuses = new HashMap<>();
    versions.forEach((order, states) -> statuses.put(order, List.copyOf(states.values())));
    return statuses;
  }
}
