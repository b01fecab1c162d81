package jangteo.local.chaos;

import jangteo.local.chaos.Hiccups.Hiccup;
import jangteo.local.chaos.Operation.Kind;
import jangteo.local.chaos.Operation.Outcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run tells at its end. */
final class Report {
  private static final int SHOWN_VIOLATIONS = 5;
  private static final int SHOWN_OPERATIONS = 12;
  private static final int SHOWN_IDS = 5;
  private static final Duration AFTERMATH = Duration.ofSeconds(10);
  private static final Set<String> TIMEOUTS = Set.of("TIMEOUT", "STOCK_TIMEOUT", "PAYMENT_TIMEOUT");

  private final PrintWriter out;

  Report(PrintWriter out) {
    this.out = out;
  }

  void print(
      long seed,
      Evidence evidence,
      Map<String, Intent> intents,
      List<Violation> violations,
      List<String> complaints,
      Path history) {
    out.println();
    out.println("Seed " + seed + ", history in " + history);
    evidence.outages().forEach(outage -> print(outage, evidence.operations()));
    orders(evidence);
    answers(evidence);
    lateness(evidence);
    timedOutWithoutFault(evidence, intents);
    unavailableWithoutFault(evidence);
    hiccups(evidence);
    violations.stream()
        .collect(Collectors.groupingBy(Violation::rule, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(
            ofOneRule ->
                ofOneRule.stream().limit(SHOWN_VIOLATIONS).forEach(one -> print(one, evidence)));
    complaints.forEach(line -> out.println("  " + line));
    out.println(
        violations.isEmpty()
            ? "No violation."
            : "%d violations (%s); the same faults again: --seed %d"
                .formatted(
                    violations.size(), counted(violations.stream().map(Violation::rule)), seed));
    out.flush();
  }

  private void print(Outage outage, List<Operation> operations) {
    out.printf(
        Locale.ROOT,
        "  %s  %-28s ready after %.1f s, first order confirmed after %s%n",
        outage.begin(),
        outage.fault(),
        seconds(Duration.between(outage.undone(), outage.ready())),
        Recovery.after(outage, operations)
            .map(took -> String.format(Locale.ROOT, "%.1f s", seconds(took)))
            .orElse("never"));
  }

  private void orders(Evidence evidence) {
    out.printf(
        "%d orders: %s; %d requests of unknown outcome, %d keys to the end%n",
        evidence.after().orders().size(),
        counted(evidence.after().orders().values().stream().map(order -> order.sight().decision())),
        evidence.operations().stream()
            .filter(each -> each.kind() == Kind.PLACE && each.outcome() == Outcome.UNKNOWN)
            .count(),
        evidence.unknownKeys().size());
  }

  private void answers(Evidence evidence) {
    out.printf(
        "%d operations: %s%n",
        evidence.operations().size(),
        counted(
            evidence.operations().stream()
                .map(each -> each.kind() + " " + (each.status() == 0 ? "-" : each.status()))));
  }

  /** No violation, for the promise is an end and not a sale; but worth a look. */
  private void timedOutWithoutFault(Evidence evidence, Map<String, Intent> intents) {
    List<String> ids =
        evidence.acknowledged().entrySet().stream()
            .filter(
                one ->
                    Optional.ofNullable(intents.get(one.getKey()))
                        .map(Intent::isPayable)
                        .orElse(false))
            .flatMap(one -> one.getValue().stream())
            .map(evidence.after().orders()::get)
            .filter(Objects::nonNull)
            .map(Aftermath.Order::sight)
            .filter(order -> TIMEOUTS.contains(order.reason()))
            .filter(order -> isAwayFromFaults(order, evidence.outages()))
            .map(Sight::orderId)
            .toList();
    out.printf(
        "%d payable orders timed out with no fault around, such as %s%n",
        ids.size(), ids.stream().limit(SHOWN_IDS).toList());
  }

  /** How late the latest order was, and how long it took to catch up after each outage. */
  private void lateness(Evidence evidence) {
    List<Lateness> late = Lateness.all(evidence, DecisionRules.caughtUp(evidence));
    late.stream()
        .filter(each -> each.outage().isEmpty())
        .max(Comparator.comparing(Lateness::late))
        .ifPresent(
            each ->
                out.printf(
                    "Latest decision with no outage of order or Kafka around: %d ms after the deadline, order %s%n",
                    each.late().toMillis(), each.order().orderId()));
    for (Outage outage : evidence.outages()) {
      List<Lateness> own =
          late.stream()
              .filter(each -> each.outage().filter(outage::equals).isPresent())
              .filter(each -> each.late().toMillis() > DecisionRules.LATE_MILLIS)
              .toList();
      own.stream()
          .max(Comparator.comparing(Lateness::ended))
          .ifPresent(last -> print(outage, own, last));
    }
  }

  private void print(Outage outage, List<Lateness> late, Lateness last) {
    Instant placed =
        late.stream().map(each -> each.order().placedAt()).max(Instant::compareTo).orElseThrow();
    out.printf(
        Locale.ROOT,
        "%d orders late after %s: the last was decided %.1f s after it was ready, and %.1f s after the deadline; the last to be late was placed %.1f s after it was ready%n",
        late.size(),
        outage.fault(),
        seconds(Duration.between(outage.ready(), last.ended())),
        seconds(last.late()),
        seconds(Duration.between(outage.ready(), placed)));
  }

  private void unavailableWithoutFault(Evidence evidence) {
    List<Operation> answers =
        evidence.operations().stream()
            .filter(each -> each.status() >= 500)
            .filter(
                each ->
                    evidence.outages().stream()
                        .noneMatch(outage -> outage.touches(each.begin(), each.end(), AFTERMATH)))
            .toList();
    out.printf("%d answers of 500 and more with no fault around%n", answers.size());
    answers.stream().limit(SHOWN_IDS).forEach(this::print);
  }

  private void hiccups(Evidence evidence) {
    Duration all =
        evidence.hiccups().stream().map(Hiccup::took).reduce(Duration.ZERO, Duration::plus);
    Duration longest =
        evidence.hiccups().stream()
            .map(Hiccup::took)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    out.printf(
        Locale.ROOT,
        "The machine stood still %d times, for %d ms in all and %d ms at most; its load was at most %.1f a processor%n",
        evidence.hiccups().size(),
        all.toMillis(),
        longest.toMillis(),
        evidence.load());
  }

  private static boolean isAwayFromFaults(Sight order, List<Outage> outages) {
    Instant end = order.endedAt() == null ? order.deadline() : order.endedAt();
    return outages.stream().noneMatch(outage -> outage.touches(order.placedAt(), end, AFTERMATH));
  }

  private void print(Violation violation, Evidence evidence) {
    out.printf("VIOLATION: %s: %s: %s%n", violation.rule(), violation.id(), violation.what());
    List<Operation> seen =
        evidence.operations().stream()
            .filter(
                each ->
                    each.key().equals(violation.id())
                        || (each.order() != null && each.order().orderId().equals(violation.id())))
            .toList();
    seen.stream().limit(SHOWN_OPERATIONS).forEach(this::print);
    seen.stream().skip(Math.max(SHOWN_OPERATIONS, seen.size() - 2)).forEach(this::print);
  }

  private void print(Operation operation) {
    Sight order = operation.order();
    out.printf(
        "    %s – %s %s %s %d %s %s%n",
        operation.begin(),
        operation.end(),
        operation.who(),
        operation.kind(),
        operation.status(),
        operation.problem(),
        order == null
            ? ""
            : "version %d %s placed %s ended %s"
                .formatted(order.version(), order.decision(), order.placedAt(), order.endedAt()));
  }

  private static String counted(Stream<String> words) {
    Map<String, Long> counts =
        words.collect(
            Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
