package jangteo.local.chaos;

import jangteo.local.chaos.Aftermath.Line;
import jangteo.local.chaos.Aftermath.Offer;
import jangteo.local.chaos.Aftermath.Order;
import jangteo.local.chaos.Tally.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Per listing, what can be bought and what was sold is what there was at the beginning and what its
 * seller added (design, section 7, invariant 2); what was returned is not sold. After quiet nothing
 * is reserved any more: a reservation that stays shows as stock that is missing.
 */
final class StockRules {
  private final Evidence evidence;
  private final List<Violation> found = new ArrayList<>();

  StockRules(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Violation> violations() {
    Map<String, Long> sold = new HashMap<>();
    for (Order order : evidence.after().orders().values()) {
      if (order.isSold()) {
        for (Line line : order.lines()) {
          sold.merge(line.productId(), line.quantity(), Long::sum);
        }
      }
    }
    evidence.after().offers().forEach(this::isNotNegative);
    evidence
        .books()
        .initial()
        .forEach((product, initial) -> addsUp(product, initial, sold.getOrDefault(product, 0L)));
    return found;
  }

  private void isNotNegative(String product, Offer offer) {
    if (offer.available() < 0) {
      found.add(
          new Violation(
              "nothing is sold that is not there", product, offer.available() + " are left"));
    }
  }

  private void addsUp(String product, long initial, long sold) {
    Range counted = evidence.books().counted().getOrDefault(product, new Range(0, 0));
    Offer offer = evidence.after().offers().get(product);
    long left = offer == null ? 0 : offer.available();
    if (!counted.plus(initial).contains(left + sold)) {
      found.add(
          new Violation(
              "stock adds up",
              product,
              "%d at first, %s added, %d sold, %d left".formatted(initial, counted, sold, left)));
    }
  }
}
