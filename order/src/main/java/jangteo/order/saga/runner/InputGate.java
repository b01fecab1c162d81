package jangteo.order.saga.runner;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Holds deadlines back until a task has read what was waiting for it.
 *
 * <p>After a takeover, or after the process has stood still, the answers that would confirm an
 * order may lie unread in the topics. The gate asks for the ends of the task's inputs and opens
 * when the task has read up to them, and after {@code patience} in any case: a dead participant may
 * be writing nothing, and the promise is a decision by the deadline and 500 ms.
 */
final class InputGate {

  /** Where a partition of each input stands. */
  interface Inputs {
    /** Per topic, the end of the partition and how far the saga's group has come, right now. */
    CompletableFuture<Map<String, Span>> of(int partition);
  }

  /** From the first offset that the group has not committed to the one that is written next. */
  record Span(long committed, long end) {}

  private final Inputs inputs;
  private final int partition;
  private final Duration patience;
  private final Map<String, Long> read = new HashMap<>();
  private CompletableFuture<Map<String, Span>> ends = CompletableFuture.completedFuture(Map.of());
  private Instant opensAnyway = Instant.MIN;
  private boolean open = true;

  InputGate(Inputs inputs, int partition, Duration patience) {
    this.inputs = inputs;
    this.partition = partition;
    this.patience = patience;
  }

  /** Closes the gate, and asks where the inputs end now. */
  void close(Instant now) {
    open = false;
    opensAnyway = now.plus(patience);
    ends = inputs.of(partition);
  }

  void read(String topic, long offset) {
    read.put(topic, offset + 1);
  }

  boolean isOpen(Instant now) {
    if (!open) {
      open = !now.isBefore(opensAnyway) || everythingRead();
    }
    return open;
  }

  private boolean everythingRead() {
    if (!ends.isDone() || ends.isCompletedExceptionally()) {
      return false;
    }
    return ends.resultNow().entrySet().stream()
        .allMatch(
            input -> {
              Span span = input.getValue();
              long position = Math.max(span.committed(), read.getOrDefault(input.getKey(), 0L));
              return position >= span.end();
            });
  }
}
