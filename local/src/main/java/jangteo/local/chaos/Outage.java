package jangteo.local.chaos;

import java.time.Duration;
import java.time.Instant;

/**
 * A fault as it happened.
 *
 * @param begin before it was done
 * @param undone when its cause was gone: started, resumed or connected again
 * @param ready when the part's own probe said ready
 */
record Outage(Fault fault, Instant begin, Instant undone, Instant ready) {

  /** Whether it, or its aftermath of that length, touches the time from one instant to another. */
  boolean touches(Instant from, Instant to, Duration aftermath) {
    return begin.isBefore(to) && ready.plus(aftermath).isAfter(from);
  }
}
