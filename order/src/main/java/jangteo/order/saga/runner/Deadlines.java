package jangteo.order.saga.runner;

import jangteo.order.domain.Order;
import jangteo.order.saga.OrderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** When which open order of a partition falls due; in memory, rebuilt from the open orders. */
final class Deadlines {

  private record Due(Instant at, String orderId) {
    static Due of(Order order) {
      return new Due(order.deadline(), order.orderId().toString());
    }
  }

  private final TreeSet<Due> dues =
      new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::orderId));

  void watch(Order order) {
    dues.add(Due.of(order));
  }

  void follow(OrderState before, OrderState after) {
    if (after instanceof OrderState.Placed(Order order)) {
      dues.add(Due.of(order));
    } else if (before instanceof OrderState.Placed(Order order)) {
      dues.remove(Due.of(order));
    }
  }

  /** At most {@code limit} orders that are due by then, the longest overdue first. */
  List<String> due(Instant until, int limit) {
    List<String> found = new ArrayList<>();
    for (Due due : dues) {
      if (due.at().isAfter(until) || found.size() == limit) {
        break;
      }
      found.add(due.orderId());
    }
    return found;
  }

  /** The earliest deadline; empty when no order is open. */
  Optional<Instant> next() {
    return dues.isEmpty() ? Optional.empty() : Optional.of(dues.first().at());
  }
}
