package jangteo.local.fuzz;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a fuzzing tells while it goes on, and at its end. */
final class Summary {
  private static final int SHOWN = 40;
  private static final int LONGEST = 4_000;

  private final PrintWriter out;

  Summary(PrintWriter out) {
    this.out = out;
  }

  /** One line for a round that has ended. */
  void print(Outcome outcome) {
    out.printf(
        Locale.ROOT,
        "  %-9s %,7d requests to %d of %d operations in %d s: %s; %s%n",
        outcome.round().name(),
        outcome.requests(),
        outcome.asked().size(),
        outcome.documented(),
        outcome.took().toSeconds(),
        outcome.answered().entrySet().stream()
            .map(each -> each.getValue() + " × " + each.getKey())
            .collect(Collectors.joining(", ")),
        outcome.isClean() ? "as documented" : kinds(List.of(outcome)).size() + " kinds of finding");
    out.flush();
  }

  /** Everything that was found, one of each kind, with a command that shows it. */
  void print(List<Outcome> outcomes) {
    Map<String, List<Finding>> kinds = kinds(outcomes);
    kinds.values().stream().limit(SHOWN).forEach(this::tell);
    if (kinds.size() > SHOWN) {
      out.printf("… and %d more kinds.%n", kinds.size() - SHOWN);
    }
    for (Outcome outcome : outcomes) {
      outcome.errors().stream()
          .distinct()
          .limit(SHOWN)
          .forEach(error -> out.println("ERROR in " + outcome.round().name() + ": " + error));
      if (!outcome.isWhole()) {
        out.printf(
            "ERROR: %s ended with %d after %d requests.%n",
            outcome.round().name(), outcome.exitCode(), outcome.requests());
      }
    }
    Set<String> asked = new TreeSet<>();
    outcomes.forEach(outcome -> asked.addAll(outcome.asked()));
    out.printf(
        Locale.ROOT,
        "%,d requests to %d operations; %s.%n",
        outcomes.stream().mapToLong(Outcome::requests).sum(),
        asked.size(),
        kinds.isEmpty() ? "no finding" : kinds.size() + " kinds of finding");
    out.flush();
  }

  private void tell(List<Finding> alike) {
    Finding first = alike.getFirst();
    out.printf(
        "FOUND %d times: %s %s: %s%n",
        alike.size(), first.operation(), first.check(), first.title());
    first.message().lines().filter(line -> !line.isBlank()).forEach(l -> out.println("    " + l));
    out.println("    answered " + first.status());
    out.println("    " + first.curl().substring(0, Math.min(first.curl().length(), LONGEST)));
  }

  private static Map<String, List<Finding>> kinds(List<Outcome> outcomes) {
    Map<String, List<Finding>> kinds = new LinkedHashMap<>();
    for (Outcome outcome : outcomes) {
      for (Finding finding : outcome.findings()) {
        kinds.computeIfAbsent(finding.kind(), kind -> new ArrayList<>()).add(finding);
      }
    }
    return kinds;
  }
}
