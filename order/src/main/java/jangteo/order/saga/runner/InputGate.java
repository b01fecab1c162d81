package jangteo.order.saga.runner;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Holds deadlines back until a task has read what was waiting for it.
 *
 * <p>After a takeover, or after the process has stood still, the answers that would confirm an
 * order may lie unread in the topics. The gate asks for the ends of the task's inputs and opens
 * when the task has read up to them. It waits longer when it knows that something is unread than
 * when it could not find out, and never for ever: the end of a log may be a transaction's marker,
 * which no task ever gets to read.
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
  private final Map<String, Long> read = new HashMap<>();
  private CompletableFuture<Map<String, Span>> ends = CompletableFuture.completedFuture(Map.of());
  // From the first look, not from the assignment: until then the task could not read at all.
  private Optional<Instant> firstLook = Optional.empty();
  private boolean open = true;

  InputGate(Inputs inputs, int partition) {
    this.inputs = inputs;
    this.partition = partition;
  }

  /** Closes the gate, and asks where the inputs end now. */
  void close() {
    open = false;
    firstLook = Optional.empty();
    ends = inputs.of(partition);
  }

  void read(String topic, long offset) {
    read.put(topic, offset + 1);
  }

  boolean isOpen(Instant now) {
    if (!open) {
      Instant since = firstLook.orElse(now);
      firstLook = Optional.of(since);
      Duration patience = known() ? SagaSettings.UNREAD_PATIENCE : SagaSettings.INPUT_PATIENCE;
      open = everythingRead() || !now.isBefore(since.plus(patience));
    }
    return open;
  }

  private boolean known() {
    return ends.isDone() && !ends.isCompletedExceptionally();
  }

  private boolean everythingRead() {
    if (!known()) {
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
