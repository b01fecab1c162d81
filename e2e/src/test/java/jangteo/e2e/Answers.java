package jangteo.e2e;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Which requests were answered with which status while a part went and came back. */
final class Answers {

  /** When a request was made. */
  enum Phase {
    BEFORE,
    AWAY,
    AFTER
  }

  /** What was asked, by whom: with a token that works, with one that does not, or for one. */
  enum Kind {
    GOOD,
    BLOCKED,
    FORGED,
    LOGIN,
    LOGOUT
  }

  /** Answers that are alike. */
  record Sort(Phase phase, Kind kind, String path, int status) {
    private static final Comparator<Sort> IN_ORDER =
        Comparator.comparing(Sort::phase)
            .thenComparing(Sort::kind)
            .thenComparing(Sort::path)
            .thenComparing(Sort::status);
  }

  private final Map<Sort, AtomicLong> counts = new ConcurrentHashMap<>();
  private final AtomicLong slowestMillis = new AtomicLong();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  void count(Sort answer, Duration took) {
    counts.computeIfAbsent(answer, _ -> new AtomicLong()).incrementAndGet();
    slowestMillis.accumulateAndGet(took.toMillis(), Math::max);
  }

  /** An answer, or the lack of one, that breaks a promise. */
  void wrong(String what) {
    wrong.add(what);
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  long count(Phase phase, Kind kind, int status) {
    return counts.entrySet().stream()
        .filter(sort -> sort.getKey().phase() == phase)
        .filter(sort -> sort.getKey().kind() == kind)
        .filter(sort -> sort.getKey().status() == status)
        .mapToLong(sort -> sort.getValue().get())
        .sum();
  }

  /** A line for each sort. */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Sort.IN_ORDER))
        .forEach(
            sort ->
                lines.append(
                    "  %-6s %-7s %-19s %d %6d%n"
                        .formatted(
                            sort.getKey().phase(),
                            sort.getKey().kind(),
                            sort.getKey().path(),
                            sort.getKey().status(),
                            sort.getValue().get())));
    return lines.append("  the slowest took %d ms%n".formatted(slowestMillis.get())).toString();
  }
}
