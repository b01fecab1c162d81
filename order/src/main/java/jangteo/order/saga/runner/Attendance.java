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
    STANDSTILL,
    /** Input that lay there when the deadline passed was still to be read. */
    BEHIND
  }

  /** A gap between ticks that breaks the promise: its deadline may have passed right after one. */
  static final Duration GAP = SagaSettings.PROMISE.minus(SagaSettings.TICK);

  private Absence absence = Absence.ASSIGNED;
  private boolean away = true;
  private Instant since;
  private Instant lastTick;
  private Instant heard;
  // The last time that the task was behind: deadlines in between had to wait for it to hear.
  private Instant behindFrom = Instant.MIN;
  private Instant behindTo = Instant.MIN;

  Attendance(Instant assigned) {
    this.since = assigned;
    this.lastTick = assigned;
    this.heard = assigned;
  }

  /**
   * The wall clock has come by.
   *
   * @param heard the task has read what lay in its inputs then
   */
  void tick(Instant now, Instant heard) {
    if (gap(now)) {
      away = true;
      since = now;
      absence = Absence.STANDSTILL;
    }
    if (away && !heard.isBefore(since)) {
      away = false;
      since = now;
    }
    if (heard.isAfter(this.heard)) {
      if (this.heard.isBefore(now.minus(GAP))) {
        behindFrom = this.heard;
        behindTo = now.minus(GAP);
      }
      this.heard = heard;
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
    if (away || deadline.isBefore(since)) {
      return Optional.of(absence);
    }
    boolean behind =
        deadline.isAfter(heard) || (deadline.isAfter(behindFrom) && deadline.isBefore(behindTo));
    return behind ? Optional.of(Absence.BEHIND) : Optional.empty();
  }

  private boolean gap(Instant now) {
    return Duration.between(lastTick, now).compareTo(GAP) > 0;
  }
}
