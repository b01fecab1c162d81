package jangteo.payment.store;

import jangteo.payment.domain.Outcome;
import jangteo.payment.domain.Step;
import java.util.Optional;
import java.util.UUID;

/**
 * A step of a payment that is to be done, or was.
 *
 * @param intentId its place among all intents
 * @param paymentId of which payment
 * @param step what is to be done
 * @param outcome what came of it; empty while it is open
 * @param reason why not
 * @param attempts how often it was begun
 * @param traceparent the trace of the order
 */
public record Intent(
    long intentId,
    UUID paymentId,
    Step step,
    Optional<Outcome> outcome,
    String reason,
    int attempts,
    Optional<String> traceparent) {

  /** A new one. */
  public static Intent open(
      long intentId, UUID paymentId, Step step, Optional<String> traceparent) {
    return new Intent(intentId, paymentId, step, Optional.empty(), "", 0, traceparent);
  }

  /** The same, done. */
  public Intent done(Outcome result, String why) {
    return new Intent(intentId, paymentId, step, Optional.of(result), why, attempts, traceparent);
  }
}
