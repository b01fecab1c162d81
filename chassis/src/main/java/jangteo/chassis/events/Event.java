package jangteo.chassis.events;

import com.google.protobuf.Internal;
import com.google.protobuf.MessageLite;
import com.google.protobuf.MessageOrBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that happened, on its way to Kafka.
 *
 * <p>The CloudEvents headers ({@code ce_id}, {@code ce_source}, …) and {@code traceparent} are
 * added on the way; one that is set here stays as it is.
 *
 * @param topic the topic's name without the configured prefix
 * @param key the aggregate's id: events with one key stay in order
 * @param type the full name of the protobuf message, such as {@code jangteo.order.v1.OrderEvent}
 * @param value the message; nothing is a tombstone
 * @param headers further headers
 */
public record Event(
    String topic, String key, String type, Optional<byte[]> value, Map<String, String> headers) {

  /** The header that says which state of an aggregate an event carries, in decimal. */
  public static final String VERSION = "version";

  /** Copies the headers. */
  public Event {
    headers = Map.copyOf(headers);
  }

  /** A message as an event. */
  public static Event of(String topic, String key, MessageLite message) {
    return new Event(topic, key, typeOf(message), Optional.of(message.toByteArray()), Map.of());
  }

  /** The erasure of what the key named. */
  public static Event tombstone(String topic, String key, Class<? extends MessageLite> type) {
    return new Event(
        topic, key, typeOf(Internal.getDefaultInstance(type)), Optional.empty(), Map.of());
  }

  /** The same event with one more header. */
  public Event withHeader(String name, String text) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put(name, text);
    return new Event(topic, key, type, value, all);
  }

  /** The same event with the header {@link #VERSION}. */
  public Event withVersion(long version) {
    return withHeader(VERSION, Long.toString(version));
  }

  private static String typeOf(MessageLite message) {
    return message instanceof MessageOrBuilder full
        ? full.getDescriptorForType().getFullName()
        : message.getClass().getName();
  }
}
