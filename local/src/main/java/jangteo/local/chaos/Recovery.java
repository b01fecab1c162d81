package jangteo.local.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How long after a fault the shop sold again. */
final class Recovery {
  private Recovery() {}

  /**
   * From the end of the fault's cause to the first order that was placed since and seen confirmed;
   * nothing when there was none.
   */
  static Optional<Duration> after(Outage outage, List<Operation> operations) {
    return operations.stream()
        .filter(operation -> operation.order() != null)
        .filter(
            operation -> isSoldSince(outage.undone(), Objects.requireNonNull(operation.order())))
        .map(Operation::end)
        .min(Instant::compareTo)
        .map(first -> Duration.between(outage.undone(), first));
  }

  private static boolean isSoldSince(Instant instant, Sight order) {
    return order.status().equals("CONFIRMED") && order.placedAt().isAfter(instant);
  }
}
