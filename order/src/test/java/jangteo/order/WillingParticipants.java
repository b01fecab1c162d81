package jangteo.order;

import com.google.protobuf.InvalidProtocolBufferException;
import jangteo.order.v1.OrderEvent;
import jangteo.order.v1.OrderStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Item and payment of a {@link Shop} that accept each order as soon as they read of it. */
final class WillingParticipants implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Shop shop;
  private final Thread thread = Thread.ofPlatform().name("participants").unstarted(this::run);
  private final Map<String, Instant> answered = new ConcurrentHashMap<>();
  private volatile boolean open = true;

  private WillingParticipants(Shop shop) {
    this.shop = shop;
  }

  /** Reads the topic from its beginning; it must be there. */
  static WillingParticipants of(Shop shop) {
    WillingParticipants participants = new WillingParticipants(shop);
    participants.thread.start();
    return participants;
  }

  /** When each order was first answered. */
  Map<String, Instant> answered() {
    return Map.copyOf(answered);
  }

  private void run() {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                shop.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                shop.prefix + "participants",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(shop.prefix + "orders"));
      while (open) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          if (isPlaced(record.value())) {
            shop.acceptSoon(record.key());
            answered.putIfAbsent(record.key(), Instant.now());
          }
        }
      }
    }
  }

  private static boolean isPlaced(byte[] event) {
    try {
      return OrderEvent.parseFrom(event).getOrder().getStatus() == OrderStatus.ORDER_STATUS_PLACED;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    open = false;
    thread.join();
  }
}
