package jangteo.local.fuzz;

import java.util.List;

/**
 * One run of Schemathesis.
 *
 * @param number from 1
 * @param phases of Schemathesis: the document's examples, the edges of each parameter, random
 *     values, calls after calls
 * @param examples how many random values each call is tried with, at most
 */
record Round(int number, Role role, List<String> phases, int examples, long seed) {

  /** Unique among those of one fuzzing. */
  String name() {
    return number + "-" + role.word();
  }
}
