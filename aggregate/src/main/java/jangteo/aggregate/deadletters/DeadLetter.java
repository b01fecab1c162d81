package jangteo.aggregate.deadletters;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that a consumer gave up.
 *
 * @param at when it was given up
 * @param consumer the consumer group that did
 * @param source topic, partition and offset it was read from, {@code orders/3/1041}
 * @param key the id of what it is about
 * @param type the full name of its message; empty when it says none
 * @param reason why it could not be handled
 * @param traceparent the trace it belongs to; empty when it says none
 * @param replayTo the topic from which the consumer gets it again, without prefix; empty when the
 *     letter names none
 * @param record the record itself
 */
public record DeadLetter(
    Place place,
    Instant at,
    String consumer,
    String source,
    String key,
    String type,
    String reason,
    String traceparent,
    String replayTo,
    ConsumerRecord<byte[], byte[]> record) {}
