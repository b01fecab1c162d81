package jangteo.local.chaos;

import jangteo.local.chaos.Aftermath.Line;
import jangteo.local.chaos.Aftermath.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Per listing, what can be bought and what was sold is what there was at the beginning (design,
 * section 7, invariant 2). After quiet nothing is reserved any more: a reservation that stays shows
 * as stock that is missing.
 */
final class StockRules {
  private final Evidence evidence;

  StockRules(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Violation> violations() {
    Map<String, Long> sold = new HashMap<>();
    for (Order order : evidence.after().orders().values()) {
      if (order.sight().status().equals("CONFIRMED")) {
        for (Line line : order.lines()) {
          sold.merge(line.productId(), line.quantity(), Long::sum);
        }
      }
    }
    List<Violation> found = new ArrayList<>();
    evidence
        .initial()
        .forEach(
            (product, initial) -> {
              long left = evidence.after().available().getOrDefault(product, 0L);
              long gone = sold.getOrDefault(product, 0L);
              if (left < 0 || left + gone != initial) {
                found.add(
                    new Violation(
                        "stock adds up",
                        product,
                        "%d at first, %d sold, %d left: %d too many"
                            .formatted(initial, gone, left, left + gone - initial)));
              }
            });
    return found;
  }
}
