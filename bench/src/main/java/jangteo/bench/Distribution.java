package jangteo.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * How long things took.
 *
 * @param sorted the shortest first
 */
record Distribution(List<Duration> sorted) {

  static Distribution of(Collection<Duration> times) {
    return new Distribution(times.stream().sorted().toList());
  }

  /** The time within which {@code share} (0 to 1) of them were done; zero when there are none. */
  Duration quantile(double share) {
    if (sorted.isEmpty()) {
      return Duration.ZERO;
    }
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(index, 0));
  }

  @Override
  public String toString() {
    return "p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms"
        .formatted(millis(0.5), millis(0.9), millis(0.99), millis(1));
  }

  private double millis(double share) {
    return quantile(share).toNanos() / 1e6;
  }
}
