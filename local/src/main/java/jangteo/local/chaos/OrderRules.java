package jangteo.local.chaos;

import jangteo.local.chaos.Operation.Kind;
import jangteo.local.chaos.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What was acknowledged is there, once; what was asked well was not refused. */
final class OrderRules {
  /** Another may have been quicker: who ships, who cancels, who buys what is counted out. */
  private static final Set<Kind> COMES_TOO_LATE = Set.of(Kind.CANCEL, Kind.SHIP, Kind.COUNT);

  private final Evidence evidence;
  private final List<Violation> found = new ArrayList<>();

  OrderRules(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Violation> violations() {
    acknowledgedOrdersExist();
    oneKeyIsOneOrder();
    nobodyOrderedMoreThanWasAsked();
    nothingWellAskedWasRefused();
    aCancelledOrderStaysCancelled();
    return found;
  }

  private void acknowledgedOrdersExist() {
    evidence
        .acknowledged()
        .forEach(
            (key, ids) -> {
              for (String id : ids) {
                if (!evidence.after().orders().containsKey(id)) {
                  found.add(new Violation("an acknowledged order exists", id, "it is not there"));
                }
              }
            });
  }

  private void oneKeyIsOneOrder() {
    evidence
        .acknowledged()
        .forEach(
            (key, ids) -> {
              if (ids.size() > 1) {
                found.add(new Violation("the same key is the same order", key, "orders " + ids));
              }
            });
  }

  /** An order that no client was told of must have come from a request of unknown outcome. */
  private void nobodyOrderedMoreThanWasAsked() {
    Map<String, Set<String>> acknowledged = evidence.acknowledged();
    Set<String> untold = new TreeSet<>(evidence.after().orders().keySet());
    acknowledged.values().forEach(untold::removeAll);
    int unknown = evidence.unknownKeys().size();
    if (untold.size() > unknown) {
      found.add(
          new Violation(
              "each order was asked for",
              "all buyers",
              "%d orders that nobody was told of, and %d requests without an answer: %s"
                  .formatted(untold.size(), unknown, untold)));
    }
  }

  /** Too little stock is never refused at the door, and every token was good (sections 4 and 9). */
  private void nothingWellAskedWasRefused() {
    for (Operation each : evidence.operations()) {
      boolean mayBe = COMES_TOO_LATE.contains(each.kind()) && each.status() == 409;
      if (each.outcome() == Outcome.FAILED && !mayBe) {
        found.add(
            new Violation(
                "nothing well asked is refused",
                each.key(),
                "%s answered %d %s to %s at %s"
                    .formatted(
                        each.kind(), each.status(), each.problem(), each.who(), each.end())));
      }
    }
  }

  private void aCancelledOrderStaysCancelled() {
    for (Operation each : evidence.operations()) {
      Aftermath.Order order = evidence.after().orders().get(each.key());
      if (each.kind() == Kind.CANCEL
          && each.outcome() == Outcome.OK
          && order != null
          && !order.sight().status().equals("CANCELLED")) {
        found.add(
            new Violation(
                "a cancellation that was acknowledged holds",
                each.key(),
                "it is " + order.sight().decision()));
      }
    }
  }
}
