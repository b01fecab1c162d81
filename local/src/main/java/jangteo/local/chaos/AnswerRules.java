package jangteo.local.chaos;

import jangteo.local.chaos.Operation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Every request is answered, whatever is broken behind the gateway; what cannot be done now is a
 * 503 that says when to try again (design, section 4); and reads do not wait for the writing side.
 */
final class AnswerRules {
  private static final int UNAVAILABLE = 503;

  /** What a read of the catalogue needs. */
  private static final Set<String> READING = Set.of("gateway", "search", "mongodb");

  private static final Set<String> GATEWAY = Set.of("gateway");

  /** Connections that were cut off are noticed, and made anew. */
  private static final Duration RECONNECTED = Duration.ofSeconds(5);

  private final Evidence evidence;
  private final List<Violation> found = new ArrayList<>();

  AnswerRules(Evidence evidence) {
    this.evidence = evidence;
  }

  List<Violation> violations() {
    for (Operation each : evidence.operations()) {
      if (each.status() == 0 && !isTouched(each, GATEWAY)) {
        add("every request is answered", each);
      }
      if (each.status() >= 500 && !(each.status() == UNAVAILABLE && each.saysWhen())) {
        add("what cannot be done now says when to try again", each);
      }
      if (each.kind() == Kind.BROWSE && each.status() >= 500 && !isTouched(each, READING)) {
        add("reads do not wait for the writing side", each);
      }
    }
    return found;
  }

  private boolean isTouched(Operation operation, Set<String> parts) {
    return evidence.isTouched(parts, operation.begin(), operation.end(), RECONNECTED);
  }

  private void add(String rule, Operation each) {
    found.add(
        new Violation(
            rule,
            each.key(),
            "%s of %s from %s to %s: %s"
                .formatted(
                    each.kind(),
                    each.who(),
                    each.begin(),
                    each.end(),
                    each.status() == 0
                        ? "no answer, " + each.problem()
                        : each.status() + " " + each.problem())));
  }
}
