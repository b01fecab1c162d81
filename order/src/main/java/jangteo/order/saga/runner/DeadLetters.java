package jangteo.order.saga.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import jangteo.chassis.events.DeadLetterHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that nobody can read goes to {@code <topic>.order.dlt}, in the saga's own transaction,
 * with why; the saga goes on. Kafka Streams makes the instance.
 */
public final class DeadLetters implements DeserializationExceptionHandler {
  /** The property that says what stands before every topic of a shared cluster. */
  static final String TOPIC_PREFIX = "jangteo.topic-prefix";

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private String prefix = "";

  /** The dead-letter topic of one of the saga's inputs. */
  static String topicOf(String topic) {
    return topic + ".order.dlt";
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    LOG.error(
        "Unreadable record put aside: topic={} partition={} offset={}: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        exception.getMessage());
    Headers headers = new RecordHeaders(record.headers());
    add(headers, DeadLetterHeaders.REASON, String.valueOf(exception.getMessage()));
    add(headers, DeadLetterHeaders.EXCEPTION, exception.getClass().getName());
    String topic = record.topic().substring(prefix.length());
    add(headers, DeadLetterHeaders.TOPIC, topic);
    add(headers, DeadLetterHeaders.PARTITION, record.partition());
    add(headers, DeadLetterHeaders.OFFSET, record.offset());
    add(headers, DeadLetterHeaders.GROUP, "saga");
    add(headers, DeadLetterHeaders.TIME, Instant.ofEpochMilli(context.timestamp()));
    // Nobody else reads the saga's inputs, and none is compacted: a replay goes where it came from.
    add(headers, DeadLetterHeaders.REPLAY_TO, topic);
    return Response.resume(
        List.of(
            new ProducerRecord<>(
                topicOf(record.topic()), null, record.key(), record.value(), headers)));
  }

  @Override
  public void configure(Map<String, ?> configs) {
    if (configs.get(TOPIC_PREFIX) instanceof String configured) {
      prefix = configured;
    }
  }

  private static void add(Headers headers, String name, Object value) {
    headers.add(name, String.valueOf(value).getBytes(UTF_8));
  }
}
