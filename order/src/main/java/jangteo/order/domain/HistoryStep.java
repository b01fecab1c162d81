package jangteo.order.domain;

import java.time.Instant;

/**
 * One step of an order's timeline.
 *
 * @param service who did it: order, item or payment
 * @param step such as PLACE, RESERVE, AUTHORIZE, DECIDE, COMMIT, CAPTURE
 * @param outcome such as ACCEPTED, REJECTED, EXPIRED, CONFIRMED
 * @param reason empty when there is none
 * @param traceId W3C trace id, empty when unknown
 */
public record HistoryStep(
    Instant at, String service, String step, String outcome, String reason, String traceId) {

  /** The step RESUME: whoever runs the order was not at work when it fell due. */
  public static final String RESUME = "RESUME";

  /** The outcome of RESUME: the order is decided later than promised for it. */
  public static final String LATE = "LATE";

  /** Whether it says that the order's deadline passed while nobody was there to keep it. */
  public boolean isResumedLate() {
    return step.equals(RESUME) && outcome.equals(LATE);
  }

  boolean sameAs(HistoryStep other) {
    return service.equals(other.service)
        && step.equals(other.step)
        && outcome.equals(other.outcome)
        && reason.equals(other.reason);
  }
}
