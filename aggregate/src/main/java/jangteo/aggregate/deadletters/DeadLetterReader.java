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
import java.util.Comparator;
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

  /** Of each partition the newest: whoever has more has another task first. */
  private static final int NEWEST = 1_000;

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Kafka kafka;

  /** Reads from there. */
  public DeadLetterReader(Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * The letters, the newest first; of each partition at most its newest {@value #NEWEST}.
   *
   * @throws jangteo.chassis.web.ProblemException 503 when the broker does not answer
   */
  public List<DeadLetter> all() {
    try (var consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer);
      Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions));
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      ends.forEach(
          (partition, end) -> starts.merge(partition, end - NEWEST, (a, b) -> Math.max(a, b)));
      List<DeadLetter> letters = read(consumer, starts, ends);
      letters.sort(
          Comparator.comparing(DeadLetter::at)
              .thenComparing(letter -> letter.place().id())
              .reversed());
      return letters;
    } catch (KafkaException e) {
      throw away(e);
    }
  }

  /**
   * The letter at that place, when there is one.
   *
   * @throws jangteo.chassis.web.ProblemException 503 when the broker does not answer
   */
  public Optional<DeadLetter> find(Place place) {
    try (var consumer = consumer()) {
      TopicPartition partition = new TopicPartition(kafka.topic(place.topic()), place.partition());
      if (!partitions(consumer).contains(partition)) {
        return Optional.empty();
      }
      List<DeadLetter> letters =
          read(
              consumer, Map.of(partition, place.offset()), consumer.endOffsets(List.of(partition)));
      return letters.stream().filter(letter -> letter.place().equals(place)).findFirst();
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
      consumer.poll(POLL).forEach(record -> letters.add(letter(record)));
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
        new Place(
            record.topic().substring(kafka.topic("").length()),
            record.partition(),
            record.offset()),
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
