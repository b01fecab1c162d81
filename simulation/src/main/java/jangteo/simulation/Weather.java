package jangteo.simulation;

import static jangteo.simulation.Scheduler.MILLI;
import static jangteo.simulation.Scheduler.SECOND;

/**
 * How rough a history is; drawn first. Odds are "once in so many times", 0 is never.
 *
 * @param partitions of each topic
 * @param instances of item and of payment each
 * @param slow odds of a delay of seconds instead of milliseconds
 * @param crash odds that a service dies at a step of its work
 * @param failures odds that a call to Kafka, the database or the provider fails and is tried again
 * @param faults crashes and standstills at random moments
 * @param skew by how much a participant's clock may be wrong, microseconds either way
 */
record Weather(
    int partitions, int instances, int slow, int crash, int failures, int faults, long skew) {

  private static final long[] SKEWS = {0, 0, 2 * SECOND, 6 * SECOND};

  static Weather draw(Chance chance) {
    int roughness = chance.below(4);
    return new Weather(
        1 + chance.below(2),
        1 + chance.below(2),
        new int[] {0, 60, 20, 8}[chance.below(4)],
        new int[] {0, 80, 40, 20}[roughness],
        new int[] {0, 60, 25, 10}[roughness],
        new int[] {0, 1, 2, 4}[chance.below(4)],
        SKEWS[chance.below(SKEWS.length)]);
  }

  /** How long a message or a call is under way. */
  long delay(Chance chance) {
    if (!chance.oneIn(slow)) {
      return chance.between(100, 15 * MILLI);
    }
    return chance.oneIn(4)
        ? chance.between(3 * SECOND, 90 * SECOND)
        : chance.between(15 * MILLI, 4 * SECOND);
  }

  /** How long something is gone or stands still: shorter and longer than a deadline. */
  static long outage(Chance chance) {
    return switch (chance.below(4)) {
      case 0 -> chance.between(50 * MILLI, SECOND);
      case 1 -> chance.between(SECOND, 4 * SECOND);
      case 2 -> chance.between(4 * SECOND, 15 * SECOND);
      default -> chance.between(15 * SECOND, 120 * SECOND);
    };
  }

  long clockError(Chance chance) {
    return skew == 0 ? 0 : chance.between(-skew, skew);
  }
}
