package jangteo.payment.domain;

import java.util.Optional;
import java.util.UUID;

/**
 * One step of one payment.
 *
 * @param step what is to be done
 * @param refundId which refund by hand; empty for the steps that a payment has one of
 * @param amount how much it is about: the whole payment, unless it is a refund by hand
 */
public record Task(Step step, Optional<UUID> refundId, Money amount) {

  /** A step that is about the whole payment. */
  public static Task of(Step step, Payment payment) {
    return new Task(step, Optional.empty(), payment.amount());
  }
}
