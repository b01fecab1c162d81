package jangteo.local.chaos;

import jangteo.local.chaos.Operation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Each order is decided, by its deadline and {@value #LATE_MILLIS} ms, and never otherwise
 * afterwards (design, section 7, invariant 1).
 *
 * <p>The time is promised as long as order runs, owns the order's partition and is caught up. So an
 * order that an outage of order itself or of Kafka touches is let off, until {@link #CAUGHT_UP}
 * after both are ready again, or {@link #CAUGHT_UP_IN_A_CROWD}. Outages of other parts let nobody
 * off. What the machine itself stood still in the order's last {@link #AT_STAKE} and afterwards is
 * added to its time.
 */
final class DecisionRules {
  static final long LATE_MILLIS = 500;

  /** A broker that has just started is cold, and all that waited for it comes at once. */
  static final Duration CAUGHT_UP = Duration.ofSeconds(15);

  static final Duration CAUGHT_UP_IN_A_CROWD = Duration.ofSeconds(30);

  static final Duration AT_STAKE = Duration.ofSeconds(1);
  static final double CROWD = 5;
  static final Duration CROWDED = Duration.ofSeconds(3);

  private static final Set<String> DECIDERS = Set.of("order", "kafka");

  /** What may be seen later, with steps between that nobody saw. */
  private static final Map<String, Set<String>> MAY_FOLLOW =
      Map.of(
          "PLACED",
          Set.of(
              "PLACED", "CONFIRMED", "REJECTED", "CANCELLED", "SHIPPED", "DELIVERED", "RETURNED"),
          "CONFIRMED",
          Set.of("CONFIRMED", "CANCELLED", "SHIPPED", "DELIVERED", "RETURNED"),
          "SHIPPED",
          Set.of("SHIPPED", "DELIVERED", "RETURNED"),
          "DELIVERED",
          Set.of("DELIVERED", "RETURNED"),
          "RETURNED",
          Set.of("RETURNED"),
          "REJECTED",
          Set.of("REJECTED"),
          "CANCELLED",
          Set.of("CANCELLED"));

  private static final Set<String> UNDOES_A_CONFIRMATION = Set.of("BY_BUYER", "CAPTURE_FAILED");

  private final Evidence evidence;
  private final List<Violation> found = new ArrayList<>();

  DecisionRules(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Violation> violations() {
    Map<String, List<Operation>> sights = evidence.sights();
    evidence
        .after()
        .orders()
        .forEach(
            (id, order) -> {
              decidedInTime(order.sight());
              neverChanges(sights.getOrDefault(id, List.of()), order.sight());
            });
    sights.values().forEach(this::neverGoesBack);
    return found;
  }

  private void decidedInTime(Sight order) {
    Instant ended = order.endedAt();
    if (ended == null) {
      found.add(
          new Violation("every order ends", order.orderId(), "it is still " + order.status()));
      return;
    }
    Duration crowded = isCrowded(evidence) ? CROWDED : Duration.ZERO;
    Instant limit = order.deadline().plusMillis(LATE_MILLIS).plus(crowded);
    Instant excused = excused(order.placedAt(), limit);
    if (ended.isAfter(excused.plus(standstill(order.deadline().minus(AT_STAKE), ended)))) {
      found.add(
          new Violation(
              "an order is decided by its deadline",
              order.orderId(),
              "it ended %d ms after the deadline%s"
                  .formatted(
                      Duration.between(order.deadline(), ended).toMillis(),
                      excused.equals(limit) ? "" : ", though order and Kafka ran again by then")));
    }
  }

  private static boolean isCrowded(Evidence evidence) {
    return evidence.load() > CROWD;
  }

  /** How long after the outage of a decider an order may still be late for it. */
  static Duration caughtUp(Evidence evidence) {
    return isCrowded(evidence) ? CAUGHT_UP_IN_A_CROWD : CAUGHT_UP;
  }

  private Duration standstill(Instant from, Instant to) {
    return evidence.hiccups().stream()
        .map(hiccup -> hiccup.within(from, to))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The later limit that outages of the deciders give an order; one more may begin before it. */
  private Instant excused(Instant placed, Instant limit) {
    return evidence.outages().stream()
        .filter(outage -> DECIDERS.contains(outage.fault().part()))
        .filter(outage -> outage.touches(placed, limit, caughtUp(evidence)))
        .map(outage -> outage.ready().plus(caughtUp(evidence)))
        .filter(later -> later.isAfter(limit))
        .max(Instant::compareTo)
        .map(later -> excused(placed, later))
        .orElse(limit);
  }

  /** The states, by their versions, follow one another as the transition table says. */
  private void neverChanges(List<Operation> seen, Sight last) {
    List<Sight> states = new ArrayList<>();
    seen.forEach(operation -> Optional.ofNullable(operation.order()).ifPresent(states::add));
    states.add(last);
    states.sort((one, other) -> Long.compare(one.version(), other.version()));
    for (int i = 1; i < states.size(); i++) {
      Sight before = states.get(i - 1);
      Sight after = states.get(i);
      if (!follows(before, after)) {
        found.add(
            new Violation(
                "a decision never changes",
                last.orderId(),
                "version %d was seen as %s and version %d as %s"
                    .formatted(
                        before.version(), before.decision(), after.version(), after.decision())));
        return;
      }
    }
  }

  private static boolean follows(Sight before, Sight after) {
    if (before.version() == after.version()) {
      return before.decision().equals(after.decision());
    }
    if (!MAY_FOLLOW.getOrDefault(before.status(), Set.of()).contains(after.status())) {
      return false;
    }
    boolean undone = before.status().equals("CONFIRMED") && after.status().equals("CANCELLED");
    return undone
        ? UNDOES_A_CONFIRMATION.contains(after.reason())
        : !before.isDecided() || before.reason().equals(after.reason());
  }

  /** Who reads after another has seen a decision, sees it too. */
  private void neverGoesBack(List<Operation> seen) {
    for (Operation later : seen) {
      if (later.kind() != Kind.READ) {
        continue;
      }
      for (Operation earlier : seen) {
        if (earlier.end().isBefore(later.begin()) && isUndecidedAgain(earlier, later)) {
          found.add(
              new Violation(
                  "a decision that was seen is seen ever after",
                  later.key(),
                  "it was decided at %s and open at %s".formatted(earlier.end(), later.begin())));
          return;
        }
      }
    }
  }

  private static boolean isUndecidedAgain(Operation earlier, Operation later) {
    Sight before = earlier.order();
    Sight after = later.order();
    return before != null && after != null && before.isDecided() && !after.isDecided();
  }
}
