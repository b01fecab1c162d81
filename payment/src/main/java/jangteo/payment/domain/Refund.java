package jangteo.payment.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Money that an admin gives back by hand while the order goes on.
 *
 * @param refundId its id, which follows from the request: the same request is the same refund
 * @param paymentId of which payment
 * @param amount how much
 * @param reason why, in the admin's words
 * @param requestedBy the admin
 * @param createdAt when it was asked for
 * @param outcome REFUNDED, or REJECTED by the provider; empty while it is under way
 */
public record Refund(
    UUID refundId,
    UUID paymentId,
    Money amount,
    String reason,
    long requestedBy,
    Instant createdAt,
    Optional<Outcome> outcome) {

  /** Whether it keeps its amount from being given back otherwise. */
  public boolean counts() {
    return outcome.isEmpty() || outcome.get() == Outcome.REFUNDED;
  }

  /** The step that carries it out. */
  public Task task() {
    return new Task(Step.REFUNDING_PART, Optional.of(refundId), amount);
  }
}
