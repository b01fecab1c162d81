package jangteo.order.api;

import jangteo.order.domain.HistoryStep;
import jangteo.order.domain.Order;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An order's history in JSON. */
record TimelineAnswer(String orderId, String traceId, List<Step> steps) {

  record Step(
      Instant at,
      String service,
      String step,
      String outcome,
      Optional<String> reason,
      String traceId) {}

  static TimelineAnswer of(Order order) {
    List<HistoryStep> history = order.history();
    return new TimelineAnswer(
        order.orderId().toString(),
        history.isEmpty() ? "" : history.getFirst().traceId(),
        history.stream()
            .map(
                step ->
                    new Step(
                        step.at(),
                        step.service(),
                        step.step(),
                        step.outcome(),
                        Optional.of(step.reason()).filter(why -> !why.isEmpty()),
                        step.traceId()))
            .toList());
  }
}
