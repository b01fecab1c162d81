package jangteo.order.saga.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

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
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

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
    add(headers, "dlt_reason", String.valueOf(exception.getMessage()));
    add(headers, "dlt_exception", exception.getClass().getName());
    add(headers, "dlt_topic", record.topic());
    add(headers, "dlt_partition", record.partition());
    add(headers, "dlt_offset", record.offset());
    add(headers, "dlt_group", "saga");
    add(headers, "dlt_time", Instant.ofEpochMilli(context.timestamp()));
    return Response.resume(
        List.of(
            new ProducerRecord<>(
                topicOf(record.topic()), null, record.key(), record.value(), headers)));
  }

  @Override
  public void configure(Map<String, ?> configs) {}

  private static void add(Headers headers, String name, Object value) {
    headers.add(name, String.valueOf(value).getBytes(UTF_8));
  }
}
