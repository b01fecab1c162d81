package jangteo.local.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How long after its deadline an order was decided.
 *
 * @param outage of order or Kafka, the one that ended last of those that touch the order's time
 */
record Lateness(Sight order, Instant ended, Optional<Outage> outage) {
  private static final Set<String> DECIDERS = Set.of("order", "kafka");

  /** The order's, when it is decided; whether it was late at all or not. */
  static Optional<Lateness> of(Sight order, Evidence evidence, Duration aftermath) {
    Instant ended = order.endedAt();
    if (ended == null) {
      return Optional.empty();
    }
    Instant last = ended.isAfter(order.deadline()) ? ended : order.deadline();
    Optional<Outage> outage =
        evidence.outages().stream()
            .filter(each -> DECIDERS.contains(each.fault().part()))
            .filter(each -> each.touches(order.placedAt(), last, aftermath))
            .max(Comparator.comparing(Outage::ready));
    return Optional.of(new Lateness(order, ended, outage));
  }

  /** Those that were decided after their deadline. */
  static List<Lateness> all(Evidence evidence, Duration aftermath) {
    List<Lateness> late = new ArrayList<>();
    for (Aftermath.Order order : evidence.after().orders().values()) {
      of(order.sight(), evidence, aftermath)
          .filter(each -> each.late().isPositive())
          .ifPresent(late::add);
    }
    return late;
  }

  /** After the deadline; negative when before. */
  Duration late() {
    return Duration.between(order.deadline(), ended);
  }
}
