package jangteo.local.chaos;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long this machine let nobody run: a thread that sleeps a moment writes down each time that it
 * was woken late. On a machine that is busy with other things a promise in milliseconds cannot be
 * held, and what is measured is the machine.
 */
final class Hiccups implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(10);

  /** Ordinary lateness of a thread is none. */
  private static final Duration NOTABLE = Duration.ofMillis(30);

  private final Clock clock;
  private final List<Hiccup> seen = new ArrayList<>();
  private double load;
  private final Thread watch = Thread.ofPlatform().daemon().name("hiccups").unstarted(this::watch);

  Hiccups(Clock clock) {
    this.clock = clock;
  }

  /** Nobody ran from one instant to the other. */
  record Hiccup(Instant from, Instant to) {
    /** What of it lies between the two instants; zero when nothing does. */
    Duration within(Instant begin, Instant end) {
      Instant first = from.isAfter(begin) ? from : begin;
      Instant last = to.isBefore(end) ? to : end;
      return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
    }

    Duration took() {
      return Duration.between(from, to);
    }
  }

  void start() {
    watch.start();
  }

  synchronized List<Hiccup> all() {
    return List.copyOf(seen);
  }

  /** How many threads wanted each processor at most, as a mean of a minute. */
  synchronized double load() {
    return load;
  }

  private synchronized void measureLoad() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    load = Math.max(load, system.getSystemLoadAverage() / system.getAvailableProcessors());
  }

  private void watch() {
    try {
      while (true) {
        Instant due = clock.instant().plus(STEP);
        Thread.sleep(STEP);
        measureLoad();
        Instant woken = clock.instant();
        if (Duration.between(due, woken).compareTo(NOTABLE) > 0) {
          synchronized (this) {
            seen.add(new Hiccup(due, woken));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the end
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
