package jangteo.local.chaos;

import jangteo.local.chaos.Aftermath.Line;
import jangteo.local.chaos.Aftermath.Offer;
import jangteo.local.chaos.Aftermath.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Nobody buys for a price that was not asked any more, or not yet (design, section 7). */
final class PriceRules {
  private final Evidence evidence;
  private final Map<String, List<PriceTag>> prices;
  private final Map<String, List<Operation>> sights;
  private final List<Violation> found = new ArrayList<>();

  PriceRules(Evidence evidence) {
    this.evidence = evidence;
    this.prices = evidence.books().prices();
    this.sights = evidence.sights();
  }

  List<Violation> violations() {
    for (Order order : evidence.after().orders().values()) {
      Instant ended = order.sight().endedAt();
      if (ended != null && isConfirmed(order)) {
        order.lines().forEach(line -> wasAsked(order, ended, line));
      }
      if (order.sight().reason().equals("PRICE_CHANGED")) {
        didChange(order);
      }
    }
    prices.forEach(this::isShown);
    return found;
  }

  /** Also what was cancelled or returned since. */
  private boolean isConfirmed(Order order) {
    return order.isSold()
        || sights.getOrDefault(order.sight().orderId(), List.of()).stream()
            .map(Operation::order)
            .filter(Objects::nonNull)
            .anyMatch(sight -> sight.status().equals("CONFIRMED"));
  }

  /** At some time between the order's recording and its decision the price was this one. */
  private void wasAsked(Order order, Instant ended, Line line) {
    List<PriceTag> tags = prices.getOrDefault(line.productId(), List.of());
    for (int i = 0; i < tags.size(); i++) {
      boolean begun = !tags.get(i).begin().isAfter(ended);
      boolean lasted = !until(tags, i).isBefore(order.sight().placedAt());
      if (tags.get(i).price() == line.price() && begun && lasted) {
        return;
      }
    }
    if (!tags.isEmpty()) {
      found.add(
          new Violation(
              "goods are sold for what they cost",
              order.sight().orderId(),
              "product %s went for %d, its prices: %s"
                  .formatted(line.productId(), line.price(), tags)));
    }
  }

  /** When the next price was asked for certain. */
  private static Instant until(List<PriceTag> tags, int i) {
    return i + 1 < tags.size() ? tags.get(i + 1).end() : Instant.MAX;
  }

  private void didChange(Order order) {
    if (order.lines().stream().noneMatch(line -> prices.containsKey(line.productId()))) {
      found.add(
          new Violation(
              "only a price that changed is refused",
              order.sight().orderId(),
              "no price of " + order.lines() + " has changed"));
    }
  }

  /** In the quiet the last price is the one that everybody sees. */
  private void isShown(String product, List<PriceTag> tags) {
    Offer offer = evidence.after().offers().get(product);
    boolean isLast = offer != null && offer.price() == tags.getLast().price();
    boolean isUnknown = tags.getLast().end().equals(Instant.MAX);
    if (!isLast && !isUnknown) {
      found.add(
          new Violation(
              "the last price is shown",
              product,
              "it is %d, shown is %s".formatted(tags.getLast().price(), offer)));
    }
  }
}
