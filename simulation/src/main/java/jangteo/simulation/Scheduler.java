package jangteo.simulation;

import java.time.Instant;
import java.util.PriorityQueue;

/** Virtual time: actions happen in the order of their times, and nothing else takes any. */
final class Scheduler {
  static final long MILLI = 1_000;
  static final long SECOND = 1_000_000;
  static final Instant START_OF_TIME = Instant.parse("2026-01-01T00:00:00Z");

  private record Task(long at, long order, Runnable action) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now;
  private long scheduled;

  /** Microseconds since the beginning of the history. */
  long now() {
    return now;
  }

  /** What a clock shows that is {@code skew} microseconds ahead. */
  Instant clock(long skew) {
    return START_OF_TIME.plusNanos((now + skew) * 1_000);
  }

  /** The microsecond of an instant on a clock that is right. */
  static long micros(Instant instant) {
    return (instant.getEpochSecond() - START_OF_TIME.getEpochSecond()) * SECOND
        + instant.getNano() / 1_000;
  }

  void after(long micros, Runnable action) {
    tasks.add(new Task(now + micros, scheduled++, action));
  }

  /** Does what is next; false when nothing is left to happen. */
  boolean step() {
    Task task = tasks.poll();
    if (task == null) {
      return false;
    }
    now = task.at();
    task.action().run();
    return true;
  }
}
