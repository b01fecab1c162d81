package jangteo.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Plays histories on all cores until one breaks a promise, or all have been played. */
final class Simulation {

  /**
   * What was found.
   *
   * @param broken the history with the smallest seed among those that broke a promise
   */
  record Result(Tally tally, Optional<History> broken) {}

  private Simulation() {}

  /** Plays the seeds {@code first}, {@code first + 1}, … */
  static Result play(long first, long runs, int threads, Rules rules) {
    AtomicLong next = new AtomicLong();
    Queue<History> broken = new ConcurrentLinkedQueue<>();
    List<Tally> tallies = new ArrayList<>();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Tally tally = new Tally();
      tallies.add(tally);
      workers.add(
          Thread.ofPlatform()
              .name("simulation-" + i)
              .start(() -> play(first, runs, rules, next, tally, broken)));
    }
    Tally all = new Tally();
    for (int i = 0; i < threads; i++) {
      join(workers.get(i));
      all.add(tallies.get(i));
    }
    return new Result(all, broken.stream().min(Comparator.comparingLong(History::seed)));
  }

  private static void play(
      long first, long runs, Rules rules, AtomicLong next, Tally tally, Queue<History> broken) {
    for (long i = next.getAndIncrement();
        i < runs && broken.isEmpty();
        i = next.getAndIncrement()) {
      History history = History.of(first + i, false, rules);
      tally.add(history);
      if (history.broken().isPresent()) {
        broken.add(history);
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
