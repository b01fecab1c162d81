package jangteo.local.chaos;

import jangteo.local.chaos.Operation.Kind;
import jangteo.local.chaos.Operation.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is known when the run is over: what the clients saw, what was done to the shop, and how
 * it is in the end.
 *
 * @param books what people brought in
 * @param operations what the clients saw
 * @param outages what was done to the shop
 * @param hiccups when the machine itself stood still
 * @param load how many threads wanted each processor at most, as a mean of a minute
 * @param after how it is in the end
 */
record Evidence(
    Books books,
    List<Operation> operations,
    List<Outage> outages,
    List<Hiccups.Hiccup> hiccups,
    double load,
    Aftermath after) {

  /** The ids that a client was given for each idempotency key of an order. */
  Map<String, Set<String>> acknowledged() {
    Map<String, Set<String>> ids = new LinkedHashMap<>();
    for (Operation each : operations) {
      if (each.kind() == Kind.PLACE && each.outcome() == Outcome.OK && each.order() != null) {
        ids.computeIfAbsent(each.key(), key -> new LinkedHashSet<>()).add(each.order().orderId());
      }
    }
    return ids;
  }

  /** The keys for which no client was ever told an outcome. */
  Set<String> unknownKeys() {
    Set<String> unknown = new LinkedHashSet<>();
    operations.stream()
        .filter(each -> each.kind() == Kind.PLACE)
        .forEach(e -> unknown.add(e.key()));
    operations.stream()
        .filter(each -> each.kind() == Kind.PLACE && each.outcome() != Outcome.UNKNOWN)
        .forEach(each -> unknown.remove(each.key()));
    return unknown;
  }

  /** The operations of that kind. */
  Stream<Operation> of(Kind kind) {
    return operations.stream().filter(each -> each.kind() == kind);
  }

  /** Whether an outage of one of these parts, or its aftermath, touches the time. */
  boolean isTouched(Set<String> parts, Instant from, Instant to, Duration aftermath) {
    return outages.stream()
        .filter(outage -> parts.contains(outage.fault().part()))
        .anyMatch(outage -> outage.touches(from, to, aftermath));
  }

  /** Every operation that showed an order, by the order's id, in the order of their ends. */
  Map<String, List<Operation>> sights() {
    Map<String, List<Operation>> sights = new HashMap<>();
    for (Operation each : operations) {
      if (each.order() != null) {
        sights.computeIfAbsent(each.order().orderId(), id -> new ArrayList<>()).add(each);
      }
    }
    return sights;
  }
}
