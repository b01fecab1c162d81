package jangteo.chassis.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads what stands in a topic, as any consumer of committed records would see it. */
final class TopicReading implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String topic;
  private final Consumer<byte[], byte[]> consumer;
  private final List<Record> records = new ArrayList<>();

  TopicReading(Kafka kafka, String topic) {
    this.topic = topic;
    this.consumer = kafka.newFollower("reading-" + topic);
    List<TopicPartition> partitions =
        consumer.partitionsFor(kafka.topic(topic)).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** All records so far, in order per partition: up to the end that the broker tells now. */
  List<Record> records() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      if (System.nanoTime() > giveUp) {
        throw new AssertionError(topic + " was not read up to " + ends);
      }
      for (ConsumerRecord<byte[], byte[]> source : consumer.poll(Duration.ofMillis(200))) {
        records.add(new Record(topic, source));
      }
    }
    return List.copyOf(records);
  }

  /** The versions under one key, in order; what was sent twice counts once. */
  List<Long> versions(String key) {
    Set<String> seen = new HashSet<>();
    return records().stream()
        .filter(record -> record.key().equals(key) && seen.add(record.id()))
        .map(record -> record.version().orElseThrow())
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
