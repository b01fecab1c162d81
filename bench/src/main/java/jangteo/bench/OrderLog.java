package jangteo.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import jangteo.order.v1.Order;
import jangteo.order.v1.OrderEvent;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The orders that the saga records from now on, as the topic {@code orders} tells them. */
final class OrderLog implements AutoCloseable {

  /**
   * One order so far.
   *
   * @param status of the newest record
   * @param placedAt when the saga recorded it
   * @param endedAt when it was decided; {@link Instant#MAX} while it is not
   */
  record Outcome(String status, Instant placedAt, Instant endedAt) {
    boolean decided() {
      return !endedAt.equals(Instant.MAX);
    }

    Duration took() {
      return Duration.between(placedAt, endedAt);
    }
  }

  /** Some orders, as far as they have come. */
  record Outcomes(Collection<Outcome> all) {
    int size() {
      return all.size();
    }

    long open() {
      return all.stream().filter(outcome -> !outcome.decided()).count();
    }

    Map<String, Long> byStatus() {
      return all.stream()
          .collect(Collectors.groupingBy(Outcome::status, TreeMap::new, Collectors.counting()));
    }

    /** Decisions a second, from the first order to the last decision. */
    double throughput() {
      Instant first =
          all.stream().map(Outcome::placedAt).min(Instant::compareTo).orElse(Instant.EPOCH);
      Instant last =
          all.stream()
              .filter(Outcome::decided)
              .map(Outcome::endedAt)
              .max(Instant::compareTo)
              .orElse(first);
      double seconds = Duration.between(first, last).toNanos() / 1e9;
      return (size() - open()) / Math.max(seconds, 1e-3);
    }

    Distribution took() {
      return Distribution.of(all.stream().filter(Outcome::decided).map(Outcome::took).toList());
    }
  }

  private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
  private final KafkaConsumer<String, byte[]> consumer;
  private final LongPredicate buyers;
  private final Thread thread;

  private OrderLog(KafkaConsumer<String, byte[]> consumer, LongPredicate buyers) {
    this.consumer = consumer;
    this.buyers = buyers;
    this.thread = Thread.ofPlatform().name("order-log").unstarted(this::read);
  }

  /** Begins to listen; only orders of these buyers count. */
  static OrderLog from(String kafka, LongPredicate buyers) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor("orders").stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // the end of now, not of the first poll
    OrderLog log = new OrderLog(consumer, buyers);
    log.thread.start();
    return log;
  }

  /** Returns when nothing is open any more, at the latest after the patience. */
  void awaitQuiet(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (all().open() > 0 && System.nanoTime() < end) {
      Thread.sleep(100);
    }
  }

  int size() {
    return outcomes.size();
  }

  Outcomes all() {
    return new Outcomes(outcomes.values());
  }

  /** Those that were recorded in this time. */
  Outcomes placed(Instant from, Instant until) {
    return new Outcomes(
        outcomes.values().stream()
            .filter(o -> !o.placedAt().isBefore(from) && o.placedAt().isBefore(until))
            .toList());
  }

  private void read() {
    try {
      while (true) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> hear(record.value()));
      }
    } catch (WakeupException closed) {
      consumer.close();
    }
  }

  private void hear(byte[] value) {
    try {
      Order order = OrderEvent.parseFrom(value).getOrder();
      if (order.getVersion() > 0 && buyers.test(order.getBuyerId())) {
        outcomes.put(
            order.getOrderId(),
            new Outcome(
                order.getStatus().name().replace("ORDER_STATUS_", ""),
                instant(order.getPlacedAt()),
                order.hasEndedAt() ? instant(order.getEndedAt()) : Instant.MAX));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant instant(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
