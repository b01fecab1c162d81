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

  /**
   * Where a replayed record is written. It cannot be written to its source again: others read that,
   * and in a compacted topic an old state would drive out the newest.
   */
  static String replays(String source, String service) {
    return source + "." + service + TopicSettings.REPLAYS;
  }

  /** The source of what is read from a topic: another one when it is a topic of replays. */
  static String source(String topic, String service) {
    String suffix = replays("", service);
    return topic.endsWith(suffix) ? topic.substring(0, topic.length() - suffix.length()) : topic;
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
            DeadLetterHeaders.REASON, reason(why),
            DeadLetterHeaders.EXCEPTION, why.getClass().getName(),
            DeadLetterHeaders.TOPIC, record.topic(),
            DeadLetterHeaders.PARTITION, Integer.toString(record.partition()),
            DeadLetterHeaders.OFFSET, Long.toString(record.offset()),
            DeadLetterHeaders.GROUP, group,
            DeadLetterHeaders.TIME, kafka.clock().instant().toString(),
            DeadLetterHeaders.REPLAY_TO, replays(record.topic(), kafka.service())));
    kafka.publisher().sendRecords(List.of(letter));
  }

  private static String reason(Throwable why) {
    byte[] text = String.valueOf(why.getMessage()).getBytes(StandardCharsets.UTF_8);
    String whole = new String(text, StandardCharsets.UTF_8);
    return whole.length() <= LONGEST_REASON ? whole : whole.substring(0, LONGEST_REASON);
  }
}
