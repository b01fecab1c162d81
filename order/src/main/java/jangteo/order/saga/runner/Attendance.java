package jangteo.order.saga.runner;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a task was at work: its partition owned, its input read, its ticks on time. The promise that
 * an order is decided 500 ms after its deadline is a promise of a task at work; for any other
 * reason to be late there is no excuse.
 */
final class Attendance {

  /** Why the task was not at work. */
  enum Absence {
    /** The partition was another's, or nobody's, before. */
    ASSIGNED,
    /** The process stood still. */
    STANDSTILL
  }

  /** A gap between ticks that breaks the promise: its deadline may have passed right after one. */
  static final Duration GAP = SagaSettings.PROMISE.minus(SagaSettings.TICK);

  private Absence absence = Absence.ASSIGNED;
  private boolean away = true;
  private Instant since;
  private Instant lastTick;

  Attendance(Instant assigned) {
    this.since = assigned;
    this.lastTick = assigned;
  }

  /**
   * The wall clock has come by.
   *
   * @param caughtUp whether the task has read what was waiting for it
   */
  void tick(Instant now, boolean caughtUp) {
    if (gap(now)) {
      away = true;
      absence = Absence.STANDSTILL;
    }
    if (away && caughtUp) {
      away = false;
      since = now;
    }
    lastTick = now;
  }

  /** Why the task missed a deadline whose promise is broken by now; empty when it did not. */
  Optional<Absence> missed(Instant deadline, Instant now) {
    if (!now.isAfter(deadline.plus(SagaSettings.PROMISE))) {
      return Optional.empty();
    }
    if (gap(now)) { // seen before the tick that is to notice it
      return Optional.of(Absence.STANDSTILL);
    }
    return away || deadline.isBefore(since) ? Optional.of(absence) : Optional.empty();
  }

  private boolean gap(Instant now) {
    return Duration.between(lastTick, now).compareTo(GAP) > 0;
  }
}
