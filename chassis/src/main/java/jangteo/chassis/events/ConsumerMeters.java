package jangteo.chassis.events;

import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What a consumer shows of itself, per topic and group. */
final class ConsumerMeters {

  private final Kafka kafka;
  private final String group;
  private final Map<String, AtomicLong> lags = new ConcurrentHashMap<>();
  private final List<Meter> gauges = new ArrayList<>();

  ConsumerMeters(Kafka kafka, List<String> topics, String group) {
    this.kafka = kafka;
    this.group = group;
    for (String topic : topics) {
      AtomicLong lag = new AtomicLong();
      lags.put(topic, lag);
      gauges.add(
          Metrics.globalRegistry()
              .getOrCreate(
                  Gauge.builder("events.consumer.lag", lag::get)
                      .description("Records of the assigned partitions that are not read yet")
                      .addTag(Tag.create("topic", topic))
                      .addTag(Tag.create("group", group))));
      List.of("handled", "retried", "dead-lettered").forEach(outcome -> counter(topic, outcome));
    }
  }

  void handled(List<Record> records) {
    records.forEach(record -> counter(record.topic(), "handled").increment());
  }

  void retried(List<Record> records) {
    records.forEach(record -> counter(record.topic(), "retried").increment());
  }

  void deadLettered(Record record) {
    counter(record.topic(), "dead-lettered").increment();
  }

  void lag(Consumer<?, ?> consumer) {
    lags.forEach((topic, lag) -> lag.set(lagOf(kafka.topic(topic), consumer)));
  }

  void remove() {
    gauges.forEach(Metrics.globalRegistry()::remove);
  }

  private static long lagOf(String topic, Consumer<?, ?> consumer) {
    return consumer.assignment().stream()
        .filter((TopicPartition partition) -> partition.topic().equals(topic))
        .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
        .sum();
  }

  private Counter counter(String topic, String outcome) {
    return Metrics.globalRegistry()
        .getOrCreate(
            Counter.builder("events.consumer.records")
                .description("Records by what became of them; a retry counts each time")
                .addTag(Tag.create("topic", topic))
                .addTag(Tag.create("group", group))
                .addTag(Tag.create("outcome", outcome)));
  }
}
