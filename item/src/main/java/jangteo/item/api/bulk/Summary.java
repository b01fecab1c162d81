package jangteo.item.api.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.chassis.web.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts the results of an import for its last line. */
final class Summary {

  private final Map<String, Long> counts = new HashMap<>();
  private long lines;

  /**
   * The last line.
   *
   * @param complete whether every line of the input has its result; if not, the same input is to be
   *     sent again
   * @param problem why it is not complete
   */
  record Last(Figures summary, boolean complete, @Nullable Ended problem) {}

  record Figures(long lines, long created, long updated, long unchanged, long failed) {}

  /** As problem details have it. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Ended(String type, String title, int status, String detail) {}

  void add(Collection<LineResult> results) {
    lines += results.size();
    results.forEach(result -> counts.merge(result.status(), 1L, Long::sum));
  }

  byte[] complete() {
    return NdjsonFormat.line(new Last(figures(), true, null));
  }

  byte[] ended(Problem problem) {
    return NdjsonFormat.line(
        new Last(
            figures(),
            false,
            new Ended(problem.type(), problem.title(), problem.status(), problem.detail())));
  }

  private Figures figures() {
    return new Figures(
        lines, count("created"), count("updated"), count("unchanged"), count(LineResult.FAILED));
  }

  private long count(String status) {
    return counts.getOrDefault(status, 0L);
  }
}
