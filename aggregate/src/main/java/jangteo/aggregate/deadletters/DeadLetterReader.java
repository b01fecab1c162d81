package jangteo.aggregate.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import jangteo.chassis.events.DeadLetterHeaders;
import jangteo.chassis.events.Kafka;
import jangteo.chassis.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the dead-letter topics of all services when it is asked, and keeps nothing: there is little
 * to read, and seldom.
 */
public final class DeadLetterReader {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Kafka kafka;

  /** Reads from there. */
  public DeadLetterReader(Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * Some letters, and where the others are.
   *
   * @param letters the newest first
   * @param rest of each partition that has more, where these end; empty when that was all
   */
  public record Listed(List<DeadLetter> letters, List<Place> rest) {}

  /**
   * The newest letters.
   *
   * @throws jangteo.chassis.web.ProblemException 503 when the broker does not answer
   */
  public Listed newest(int size) {
    try (var consumer = consumer()) {
      return list(consumer, consumer.endOffsets(partitions(consumer)), size);
    } catch (KafkaException e) {
      throw away(e);
    }
  }

  /**
   * The letters that follow those of another page.
   *
   * @param rest that page's
   * @throws jangteo.chassis.web.ProblemException 503 when the broker does not answer
   */
  public Listed next(List<Place> rest, int size) {
    try (var consumer = consumer()) {
      Map<TopicPartition, Long> present = consumer.endOffsets(partitions(consumer));
      Map<TopicPartition, Long> ends = new HashMap<>();
      for (Place end : rest) {
        TopicPartition partition = partition(end);
        ends.put(partition, Math.min(end.offset(), present.getOrDefault(partition, 0L)));
      }
      ends.keySet().retainAll(present.keySet());
      return list(consumer, ends, size);
    } catch (KafkaException e) {
      throw away(e);
    }
  }

  private Listed list(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, int size) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(ends.keySet());
    List<Tail> tails = new ArrayList<>();
    ends.forEach(
        (at, end) -> tails.add(new Tail(at, plain(at.topic()), begins.getOrDefault(at, 0L), end)));
    List<Tail> wanting = tails.stream().filter(tail -> tail.wants(size)).toList();
    while (!wanting.isEmpty()) {
      Map<TopicPartition, Long> from = new HashMap<>();
      Map<TopicPartition, Long> to = new HashMap<>();
      for (Tail tail : wanting) {
        to.put(tail.partition(), tail.from());
        from.put(tail.partition(), tail.reachBack(size));
      }
      List<DeadLetter> older = read(consumer, from, to);
      wanting.forEach(tail -> tail.add(older));
      wanting = wanting.stream().filter(tail -> tail.wants(size)).toList();
    }
    return Tail.newest(tails, size);
  }

  /**
   * The letter at that place, when there is one.
   *
   * @throws jangteo.chassis.web.ProblemException 503 when the broker does not answer
   */
  public Optional<DeadLetter> find(Place place) {
    try (var consumer = consumer()) {
      TopicPartition partition = partition(place);
      if (!partitions(consumer).contains(partition)
          || consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L)
              <= place.offset()) {
        return Optional.empty();
      }
      return read(
              consumer, Map.of(partition, place.offset()), Map.of(partition, place.offset() + 1))
          .stream()
          .findFirst();
    } catch (KafkaException e) {
      throw away(e);
    }
  }

  private List<DeadLetter> read(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> starts,
      Map<TopicPartition, Long> ends) {
    List<TopicPartition> filled =
        ends.entrySet().stream()
            .filter(end -> starts.getOrDefault(end.getKey(), 0L) < end.getValue())
            .map(Map.Entry::getKey)
            .toList();
    consumer.assign(filled);
    filled.forEach(partition -> consumer.seek(partition, starts.getOrDefault(partition, 0L)));
    List<DeadLetter> letters = new ArrayList<>();
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (!past(consumer, filled, ends)) {
      if (System.nanoTime() > patience) {
        throw away(new KafkaException("the dead letters are not read after " + PATIENCE));
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.getOrDefault(partition, 0L)) {
          letters.add(letter(record));
        }
      }
    }
    return letters;
  }

  private static boolean past(
      KafkaConsumer<byte[], byte[]> consumer,
      Collection<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    return partitions.stream()
        .allMatch(
            partition ->
                consumer.position(partition) >= ends.getOrDefault(partition, Long.MAX_VALUE));
  }

  /** The topic's name without the cluster's prefix. */
  private String plain(String topic) {
    return topic.substring(kafka.topic("").length());
  }

  private TopicPartition partition(Place place) {
    return new TopicPartition(kafka.topic(place.topic()), place.partition());
  }

  private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> found = new ArrayList<>();
    consumer
        .listTopics()
        .forEach(
            (topic, partitions) -> {
              if (topic.startsWith(kafka.topic("")) && topic.endsWith(Place.DEAD_LETTERS)) {
                partitions.forEach(info -> found.add(new TopicPartition(topic, info.partition())));
              }
            });
    return found;
  }

  private DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(
        new Place(plain(record.topic()), record.partition(), record.offset()),
        at(record),
        text(record, DeadLetterHeaders.GROUP),
        "%s/%s/%s"
            .formatted(
                text(record, DeadLetterHeaders.TOPIC),
                text(record, DeadLetterHeaders.PARTITION),
                text(record, DeadLetterHeaders.OFFSET)),
        record.key() == null ? "" : new String(record.key(), UTF_8),
        text(record, "ce_type"),
        text(record, DeadLetterHeaders.REASON),
        text(record, "traceparent"),
        text(record, DeadLetterHeaders.REPLAY_TO),
        record);
  }

  private static Instant at(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Instant.parse(text(record, DeadLetterHeaders.TIME));
    } catch (DateTimeParseException e) {
      return Instant.ofEpochMilli(record.timestamp());
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(kafka.clientSettings("dead-letters"));
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static RuntimeException away(KafkaException why) {
    return Problem.unavailable(
            "The dead letters cannot be read at the moment: " + why.getMessage(),
            Duration.ofSeconds(2))
        .exception();
  }
}
