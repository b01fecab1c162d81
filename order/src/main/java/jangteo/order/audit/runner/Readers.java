package jangteo.order.audit.runner;

import jangteo.chassis.events.Kafka;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * The groups in which others read {@code orders}: whoever has not heard of a decision yet is not to
 * blame for not having acted on it.
 */
final class Readers implements AutoCloseable {

  /** The participants of the saga, and order's own read model. */
  private static final List<String> GROUPS = List.of("item", "payment", "order-views");

  private static final long LIMIT_SECONDS = 5;

  private final Kafka kafka;
  private final Admin admin;

  Readers(Kafka kafka) {
    this.kafka = kafka;
    this.admin = Admin.create(kafka.clientSettings("audit-readers"));
  }

  /** One that has not read up to these places, and how much it has to read. */
  Optional<String> behind(Map<TopicPartition, Long> places) throws InterruptedException {
    for (String name : GROUPS) {
      Map<TopicPartition, OffsetAndMetadata> committed = committed(name);
      long unread =
          places.entrySet().stream()
              .mapToLong(place -> place.getValue() - offset(committed, place.getKey()))
              .filter(records -> records > 0)
              .sum();
      if (unread > 0) {
        return Optional.of("%s has some %d records of orders to read".formatted(name, unread));
      }
    }
    return Optional.empty();
  }

  private static long offset(
      Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
    OffsetAndMetadata offset = committed.get(partition);
    return offset == null ? 0 : offset.offset();
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(String name)
      throws InterruptedException {
    String group = kafka.group(name);
    try {
      return admin
          .listConsumerGroupOffsets(Map.of(group, new ListConsumerGroupOffsetsSpec()))
          .partitionsToOffsetAndMetadata(group)
          .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RetriableException passing) {
        throw passing;
      }
      throw new IllegalStateException("where " + group + " reads cannot be had", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
