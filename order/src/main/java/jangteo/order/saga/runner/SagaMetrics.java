package jangteo.order.saga.runner;

import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import jangteo.order.domain.Order;
import jangteo.order.saga.OrderState;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how orders end and how long it takes: {@code saga.outcomes} by status and reason, {@code
 * saga.duration} from recording to decision. A step that Kafka Streams repeats counts twice. And
 * how many records of its changelogs the instance read: {@code saga.restored} for a partition that
 * had to wait for them, {@code saga.copied} to keep a warm copy of another instance's.
 */
final class SagaMetrics implements StateRestoreListener, StandbyUpdateListener {
  private static final Logger LOG = LoggerFactory.getLogger(SagaMetrics.class);

  private final MeterRegistry registry = Metrics.globalRegistry();

  void seen(OrderState before, OrderState after) {
    if (before instanceof OrderState.Placed && after instanceof OrderState.Decided decided) {
      Order order = decided.order();
      outcome(order);
      duration(order);
    } else if (before instanceof OrderState.Confirmed
        && after instanceof OrderState.Cancelled cancelled) {
      outcome(cancelled.order());
    }
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long begin, long end) {}

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long records) {
    read("saga.restored", "Records a partition had to wait for", records);
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long records) {
    LOG.info("Restored {} records of {}", records, changelog);
  }

  @Override
  public void onUpdateStart(TopicPartition changelog, String store, long begin) {}

  @Override
  public void onBatchLoaded(
      TopicPartition changelog, String store, TaskId task, long last, long records, long end) {
    read("saga.copied", "Records read to keep a warm copy", records);
  }

  @Override
  public void onUpdateSuspended(
      TopicPartition changelog, String store, long offset, long end, SuspendReason why) {}

  private void read(String counter, String description, long records) {
    registry.getOrCreate(Counter.builder(counter).description(description)).increment(records);
  }

  private void outcome(Order order) {
    registry
        .getOrCreate(
            Counter.builder("saga.outcomes")
                .description("Orders by how they were decided")
                .tags(
                    List.of(
                        Tag.create("status", order.status().name()),
                        Tag.create("reason", order.reason()))))
        .increment();
  }

  private void duration(Order order) {
    registry
        .getOrCreate(
            Timer.builder("saga.duration")
                .description("From an order's recording to its decision")
                .tags(List.of(Tag.create("status", order.status().name()))))
        .record(Duration.between(order.placedAt(), order.changedAt()));
  }
}
