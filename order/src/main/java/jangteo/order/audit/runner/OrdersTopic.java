package jangteo.order.audit.runner;

import com.google.protobuf.InvalidProtocolBufferException;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.web.Problem;
import jangteo.order.domain.Order;
import jangteo.order.events.OrderMessages;
import jangteo.order.v1.OrderEvent;
import jangteo.order.v1.OrderStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic {@code orders}, read by a consumer of the audit's own, without a group. */
final class OrdersTopic implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> places = new HashMap<>();
  private final Set<String> unreadable = new TreeSet<>();

  /** At its beginning. */
  OrdersTopic(Kafka kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.clientSettings("audit"));
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    try {
      partitions =
          consumer.partitionsFor(kafka.topic("orders")).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /** Goes back to the beginning. */
  void rewind() {
    consumer.seekToBeginning(partitions);
  }

  /** Whether nothing has been let go of at its beginning. */
  boolean whole() {
    return consumer.beginningOffsets(partitions).values().stream().allMatch(offset -> offset == 0);
  }

  /**
   * Reads on up to the present end.
   *
   * @param wanted by order id, before a record is read
   * @throws jangteo.chassis.web.ProblemException 503 when the broker gives nothing for 10 s
   */
  void readOn(Predicate<String> wanted, Consumer<Order> each) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long progress = System.nanoTime();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      var records = consumer.poll(POLL);
      for (ConsumerRecord<String, byte[]> record : records) {
        places.merge(
            new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
        if (wanted.test(record.key())) {
          tell(record, each);
        }
      }
      if (!records.isEmpty()) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
        throw Problem.unavailable("Kafka does not give the topic orders.", PATIENCE).exception();
      }
    }
  }

  private void tell(ConsumerRecord<String, byte[]> record, Consumer<Order> each) {
    try {
      OrderEvent event = OrderEvent.parseFrom(record.value());
      if (event.getOrder().getStatus() != OrderStatus.ORDER_STATUS_UNSPECIFIED) {
        each.accept(OrderMessages.order(event, ""));
      }
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      unreadable.add(record.key());
    }
  }

  /** Per partition, the place behind the last record that was read. */
  Map<TopicPartition, Long> places() {
    return Map.copyOf(places);
  }

  /** The keys of records that are no orders. */
  Set<String> unreadable() {
    return Set.copyOf(unreadable);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
