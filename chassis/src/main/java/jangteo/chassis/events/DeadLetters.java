package jangteo.chassis.events;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Where records go that can never be handled: {@code <topic>.<service>.dlt}, with key, value and
 * headers as they came, and headers that say why and from where (design, section 6).
 */
final class DeadLetters {

  private static final int LONGEST_REASON = 1_000;

  private final Kafka kafka;
  private final String group;

  DeadLetters(Kafka kafka, String group) {
    this.kafka = kafka;
    this.group = group;
  }

  static String topic(String source, String service) {
    return source + "." + service + TopicSettings.DEAD_LETTERS;
  }

  /** Returns when the broker has it; a failure to send passes or is tried again like any other. */
  void send(Record record, Throwable why) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            kafka.topic(topic(record.topic(), kafka.service())),
            null,
            record.source().key(),
            record.source().value(),
            record.source().headers());
    Headers.add(
        letter,
        Map.of(
            "dlt_reason", reason(why),
            "dlt_exception", why.getClass().getName(),
            "dlt_topic", record.topic(),
            "dlt_partition", Integer.toString(record.partition()),
            "dlt_offset", Long.toString(record.offset()),
            "dlt_group", group,
            "dlt_time", kafka.clock().instant().toString()));
    kafka.publisher().sendRecords(List.of(letter));
  }

  private static String reason(Throwable why) {
    byte[] text = String.valueOf(why.getMessage()).getBytes(StandardCharsets.UTF_8);
    String whole = new String(text, StandardCharsets.UTF_8);
    return whole.length() <= LONGEST_REASON ? whole : whole.substring(0, LONGEST_REASON);
  }
}
