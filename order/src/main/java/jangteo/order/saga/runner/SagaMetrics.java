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

/**
 * Counts how orders end and how long it takes: {@code saga.outcomes} by status and reason, {@code
 * saga.duration} from recording to decision. A step that Kafka Streams repeats counts twice.
 */
final class SagaMetrics {
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
