package jangteo.search.api;

import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.search.domain.Expected;
import jangteo.search.store.Reread;
import jangteo.search.store.Versions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets a reader wait until the read model has what the reader has written. What is written is there
 * within milliseconds, so the first looks are close together.
 */
final class Waiting {

  /**
   * So many may wait at the same time: else a read model that stands still would be asked to death.
   */
  private static final int MOST = 200;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Versions versions;
  private final Duration patience;
  private final Semaphore places = new Semaphore(MOST);

  /**
   * @param patience how long a reader waits at most
   */
  Waiting(Versions versions, Duration patience) {
    this.versions = versions;
    this.patience = patience;
  }

  /**
   * Returns when the read model has come to these versions.
   *
   * @throws ProblemException 503 with {@code Retry-After} when it has not in time, or too many wait
   */
  void until(long productId, List<Expected> expected) {
    if (expected.isEmpty() || included(productId, expected)) {
      return;
    }
    long end = System.nanoTime() + patience.toNanos();
    if (!places.tryAcquire()) {
      throw notYet("Too many wait for a newer version.");
    }
    try {
      long pause = FIRST_PAUSE.toNanos();
      do {
        long left = end - System.nanoTime();
        if (left <= 0) {
          throw notYet(
              "The product is not here in that version after %d ms."
                  .formatted(TimeUnit.NANOSECONDS.toMillis(patience.toNanos())));
        }
        LockSupport.parkNanos(Math.min(left, pause));
        pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
      } while (!included(productId, expected));
    } finally {
      places.release();
    }
  }

  private boolean included(long productId, List<Expected> expected) {
    return Reread.ifKilled(() -> versions.include(productId, expected));
  }

  private static ProblemException notYet(String detail) {
    return Problem.unavailable(detail, RETRY_AFTER)
        .ofKind("version-not-yet-visible", "The version is not visible yet")
        .exception();
  }
}
