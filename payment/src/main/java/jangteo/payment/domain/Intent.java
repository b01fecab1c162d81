package jangteo.payment.domain;

import java.util.Optional;
import java.util.UUID;

/**
 * A step of a payment that is to be done, or was.
 *
 * @param intentId its place among all intents
 * @param paymentId of which payment
 * @param task what is to be done; when it is done, with the amount that it came to
 * @param outcome what came of it; empty while it is open
 * @param reason why not
 * @param attempts how often it was begun
 * @param traceparent the trace of the order
 */
public record Intent(
    long intentId,
    UUID paymentId,
    Task task,
    Optional<Outcome> outcome,
    String reason,
    int attempts,
    Optional<String> traceparent) {

  /** A new one. */
  public static Intent open(
      long intentId, UUID paymentId, Task task, Optional<String> traceparent) {
    return new Intent(intentId, paymentId, task, Optional.empty(), "", 0, traceparent);
  }

  /** The step. */
  public Step step() {
    return task.step();
  }

  /** The same, done. */
  public Intent done(Outcome result, String why) {
    return new Intent(intentId, paymentId, task, Optional.of(result), why, attempts, traceparent);
  }

  /** The same, about so much. */
  public Intent about(Money amount) {
    Task moved = new Task(task.step(), task.refundId(), amount);
    return new Intent(intentId, paymentId, moved, outcome, reason, attempts, traceparent);
  }
}
