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

  boolean sameAs(HistoryStep other) {
    return service.equals(other.service)
        && step.equals(other.step)
        && outcome.equals(other.outcome);
  }
}
