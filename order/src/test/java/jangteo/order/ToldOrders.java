package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.order.v1.Order;
import jangteo.order.v1.OrderEvent;
import jangteo.testkit.TestServers;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the topic {@code orders} of a {@link Shop} told so far. */
final class ToldOrders {

  private ToldOrders() {}

  /** The statuses of each order by its versions, each version once, as the topic has them. */
  static Map<String, List<String>> of(Shop shop) throws IOException {
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
