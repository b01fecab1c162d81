package jangteo.chassis.events;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import jangteo.chassis.telemetry.Traces;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A record as a consumer gets it. */
// Kafka's own word; java.lang.Record is hardly ever named.
@SuppressWarnings("JavaLangClash")
public final class Record {

  private final String topic;
  private final ConsumerRecord<byte[], byte[]> source;
  private final Optional<String> traceparent;

  Record(String topic, ConsumerRecord<byte[], byte[]> source) {
    this(topic, source, header(source, Traces.TRACEPARENT));
  }

  private Record(
      String topic, ConsumerRecord<byte[], byte[]> source, Optional<String> traceparent) {
    this.topic = topic;
    this.source = source;
    this.traceparent = traceparent;
  }

  /** The topic's name without the configured prefix. */
  public String topic() {
    return topic;
  }

  /** The partition of the topic. */
  public int partition() {
    return source.partition();
  }

  /** The place in the partition. */
  public long offset() {
    return source.offset();
  }

  /** The aggregate's id; empty when the record has no key. */
  public String key() {
    return source.key() == null ? "" : new String(source.key(), StandardCharsets.UTF_8);
  }

  /** The message's bytes; nothing in a tombstone. */
  public Optional<byte[]> value() {
    return Optional.ofNullable(source.value());
  }

  /** The event's id ({@code ce_id}); a record without one is named by its place. */
  public String id() {
    return header(Headers.ID).orElseGet(() -> topic + "/" + partition() + "/" + offset());
  }

  /** The full name of the protobuf message ({@code ce_type}); empty when the record has none. */
  public String type() {
    return header(Headers.TYPE).orElse("");
  }

  /** A header's text, the last one of that name. */
  public Optional<String> header(String name) {
    return header(source, name);
  }

  /** Which state of the aggregate this is; nothing when the record does not say. */
  public Optional<Long> version() {
    return header(Event.VERSION)
        .map(
            text -> {
              try {
                return Long.valueOf(text);
              } catch (NumberFormatException e) {
                throw new UnprocessableException("the header version is " + text, e);
              }
            });
  }

  /** When the event happened ({@code ce_time}), else when the record was made. */
  public Instant time() {
    try {
      return header(Headers.TIME)
          .map(Instant::parse)
          .orElseGet(() -> Instant.ofEpochMilli(source.timestamp()));
    } catch (DateTimeException e) {
      return Instant.ofEpochMilli(source.timestamp());
    }
  }

  /**
   * The trace to go on with: the record's own, or inside a handler the span in which this record is
   * handled.
   */
  public Optional<String> traceparent() {
    return traceparent;
  }

  /**
   * The message.
   *
   * @throws UnprocessableException for a tombstone and for bytes that are no such message
   */
  public <T> T parse(Parser<T> parser) {
    byte[] bytes = source.value();
    if (bytes == null) {
      throw new UnprocessableException("a tombstone where a message was expected");
    }
    try {
      return parser.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UnprocessableException("not a message of its type: " + e.getMessage(), e);
    }
  }

  Record inTrace(Optional<String> span) {
    return new Record(topic, source, span.or(() -> traceparent));
  }

  ConsumerRecord<byte[], byte[]> source() {
    return source;
  }

  @Override
  public String toString() {
    return topic + "/" + partition() + "/" + offset() + " (key " + key() + ")";
  }

  private static Optional<String> header(ConsumerRecord<byte[], byte[]> source, String name) {
    Header header = source.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(Headers.text(header));
  }
}
