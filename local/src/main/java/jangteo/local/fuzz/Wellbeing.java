package jangteo.local.fuzz;

import jangteo.local.supervisor.PartStatus;
import jangteo.local.supervisor.PartStatus.State;
import java.util.List;

/** Whether the parts bore it. */
final class Wellbeing {
  private Wellbeing() {}

  /** What is wrong with which part; none may have ended, not even to be started again. */
  static List<String> complaints(List<PartStatus> parts) {
    return parts.stream()
        .filter(part -> part.state() != State.READY || part.restarts() > 0)
        .map(
            part ->
                "%s is %s and was started again %d times"
                    .formatted(part.name(), part.state(), part.restarts()))
        .toList();
  }
}
