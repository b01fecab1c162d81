package jangteo.local.chaos;

import jangteo.local.chaos.Aftermath.Line;
import jangteo.local.chaos.Aftermath.Order;
import jangteo.local.chaos.Operation.Kind;
import jangteo.local.chaos.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has left has left: what sellers and buyer were told of the goods' way holds, and no more.
 */
final class FulfilmentRules {
  /** Where a line may be by the end of the run once that was acknowledged. */
  private static final Map<Kind, Set<String>> AFTERWARDS =
      Map.of(
          Kind.SHIP, Set.of("SHIPPED", "DELIVERED", "RETURNED"),
          Kind.DELIVER, Set.of("DELIVERED", "RETURNED"),
          Kind.RETURN, Set.of("RETURNED"));

  private final Evidence evidence;
  private final List<Violation> found = new ArrayList<>();

  FulfilmentRules(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Violation> violations() {
    for (Operation each : evidence.operations()) {
      Order order = evidence.after().orders().get(each.key());
      Set<String> fine = AFTERWARDS.get(each.kind());
      if (order != null && fine != null && each.outcome() == Outcome.OK) {
        holds(each, order, fine);
      }
    }
    AFTERWARDS.forEach(this::wasAskedFor);
    return found;
  }

  private void holds(Operation told, Order order, Set<String> fine) {
    for (Line line : order.lines()) {
      boolean isMeant = told.kind() == Kind.RETURN || line.seller().equals(told.who());
      if (isMeant && (!fine.contains(line.fulfilment()) || isUndone(order))) {
        found.add(
            new Violation(
                "what was said of the goods' way holds",
                told.key(),
                "%s was acknowledged to %s; it is %s, its lines %s"
                    .formatted(told.kind(), told.who(), order.sight().decision(), order.lines())));
        return;
      }
    }
  }

  private static boolean isUndone(Order order) {
    return Set.of("PLACED", "REJECTED", "CANCELLED").contains(order.sight().status());
  }

  /** A line got where it is because its seller, or the buyer, asked for it. */
  private void wasAskedFor(Kind kind, Set<String> afterwards) {
    Map<String, Set<String>> asked =
        evidence
            .of(kind)
            .filter(each -> each.outcome() != Outcome.FAILED)
            .collect(
                Collectors.groupingBy(
                    Operation::key, Collectors.mapping(Operation::who, Collectors.toSet())));
    for (Order order : evidence.after().orders().values()) {
      Set<String> who = asked.getOrDefault(order.sight().orderId(), Set.of());
      for (Line line : order.lines()) {
        String needed = kind == Kind.RETURN ? order.buyer() : line.seller();
        if (afterwards.contains(line.fulfilment()) && !who.contains(needed)) {
          found.add(
              new Violation(
                  "goods go where they were asked to",
                  order.sight().orderId(),
                  "%s is %s, and %s never asked for %s"
                      .formatted(line.productId(), line.fulfilment(), needed, kind)));
        }
      }
    }
  }
}
