package jangteo.local.fuzz;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a round came to.
 *
 * @param exitCode Schemathesis' own; 0 when it found nothing
 * @param answered by status, how many requests
 * @param asked the operations that were asked
 * @param documented how many operations the document has
 * @param findings all of them, also those that are alike
 * @param errors what kept Schemathesis from asking, such as an answer that did not come in time
 */
record Outcome(
    Round round,
    int exitCode,
    Duration took,
    Map<Integer, Long> answered,
    Set<String> asked,
    int documented,
    List<Finding> findings,
    List<String> errors) {
  private static final int FOUND_SOMETHING = 1;

  long requests() {
    return answered.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether Schemathesis did what it was to do, whatever it found. */
  boolean isWhole() {
    return exitCode <= FOUND_SOMETHING && requests() > 0;
  }

  boolean isClean() {
    return exitCode == 0 && requests() > 0 && findings.isEmpty() && errors.isEmpty();
  }
}
