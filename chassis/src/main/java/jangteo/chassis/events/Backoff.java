package jangteo.chassis.events;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Growing pauses between attempts: doubled up to a bound, the upper half of each left to chance.
 */
final class Backoff {

  private final long firstMillis;
  private final long mostMillis;
  private int failures;

  Backoff(Duration first, Duration most) {
    this.firstMillis = first.toMillis();
    this.mostMillis = most.toMillis();
  }

  Duration next() {
    long whole = Math.min(mostMillis, firstMillis << Math.min(failures, 20));
    failures++;
    return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
  }

  int failures() {
    return failures;
  }

  void reset() {
    failures = 0;
  }
}
