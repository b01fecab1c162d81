package jangteo.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The same things done again and again by a few at once, each as soon as it is done with the one
 * before: how much can be done at most.
 */
final class Loop {

  /** One of the things; what it throws ends the run. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  /**
   * What was done.
   *
   * @param seconds how long all of it took
   */
  record Done(Distribution took, double seconds) {
    double perSecond() {
      return took.sorted().size() / seconds;
    }

    @Override
    public String toString() {
      return "%.1f/s, %s".formatted(perSecond(), took);
    }
  }

  private Loop() {}

  /** Does them in turn for so long. */
  static Done run(List<? extends Step> steps, int threads, Duration howLong)
      throws InterruptedException, ExecutionException {
    Queue<Duration> times = new ConcurrentLinkedQueue<>();
    long begun = System.nanoTime();
    long end = begun + howLong.toNanos();
    try (ExecutorService all = Executors.newFixedThreadPool(threads)) {
      Collection<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * steps.size() / threads;
        running.add(
            all.submit(
                () -> {
                  for (int i = first; System.nanoTime() < end; i++) {
                    long start = System.nanoTime();
                    steps.get(i % steps.size()).run();
                    times.add(Duration.ofNanos(System.nanoTime() - start));
                  }
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    return new Done(Distribution.of(times), (System.nanoTime() - begun) / 1e9);
  }
}
