package jangteo.chassis.events;

import jangteo.chassis.web.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from place to place, whole and fast, when somebody asks: no group, nothing
 * committed. For one thread at a time.
 */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int RECORDS = 5_000;
  private static final int PARTITION_BYTES = 4 << 20;
  private static final int BYTES = 16 << 20;
  private static final ByteArrayDeserializer AS_IT_IS = new ByteArrayDeserializer();

  private final Kafka kafka;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  /**
   * At the beginning of all partitions of these topics.
   *
   * @param use what the broker's logs call it
   * @throws org.apache.kafka.common.KafkaException when no broker answers within 10 s
   */
  public TopicReader(Kafka kafka, String use, Collection<String> topics) {
    this.kafka = kafka;
    this.consumer = new KafkaConsumer<>(settings(kafka, use), AS_IT_IS, AS_IT_IS);
    try {
      for (String topic : topics) {
        consumer
            .partitionsFor(kafka.topic(topic))
            .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static Map<String, Object> settings(Kafka kafka, String use) {
    Map<String, Object> settings = new HashMap<>(kafka.clientSettings(use));
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, BYTES);
    return settings;
  }

  /** Where the partitions begin. */
  public Map<TopicPartition, Long> begins() {
    return consumer.beginningOffsets(partitions);
  }

  /** Where the partitions end now, for those who read what is committed. */
  public Map<TopicPartition, Long> ends() {
    return consumer.endOffsets(partitions);
  }

  /** Goes to these places. */
  public void seek(Map<TopicPartition, Long> places) {
    places.forEach(consumer::seek);
  }

  /**
   * Reads on up to these places, or a little beyond.
   *
   * @param each gets the records of a poll, in order per key
   * @throws jangteo.chassis.web.ProblemException 503 when the broker gives nothing for 10 s
   */
  public void readTo(
      Map<TopicPartition, Long> ends, java.util.function.Consumer<List<Record>> each) {
    long progress = System.nanoTime();
    while (!past(ends)) {
      List<Record> records = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> source : consumer.poll(POLL)) {
        records.add(new Record(kafka.plain(source.topic()), source));
      }
      if (!records.isEmpty()) {
        each.accept(records);
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > PATIENCE.toNanos() && !past(ends)) {
        throw Problem.unavailable("Kafka gives no records at the moment.", PATIENCE).exception();
      }
    }
  }

  /** Where it is: the records before these places have been given out. */
  public Map<TopicPartition, Long> positions() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
    return positions;
  }

  private boolean past(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
