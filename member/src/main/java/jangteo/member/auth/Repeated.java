package jangteo.member.auth;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work in the background that is done again after each pause. When it fails it is tried again after
 * a short one, for as long as it takes.
 */
final class Repeated {

  private static final Logger LOG = LoggerFactory.getLogger(Repeated.class);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

  /** Two seconds: before that, the database is being migrated. */
  private static final int WORTH_A_WORD = 10;

  private final Duration pause;
  private final Runnable work;
  private final Thread thread;

  Repeated(String name, Duration pause, Runnable work) {
    this.pause = pause;
    this.work = work;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void stop() {
    thread.interrupt();
  }

  private void run() {
    int failures = 0;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        failures = attempt(failures) ? 0 : failures + 1;
        Thread.sleep(failures == 0 ? pause : AFTER_FAILURE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean attempt(int failuresBefore) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      if (failuresBefore == WORTH_A_WORD) {
        LOG.warn("{} keeps failing, and will be tried until it works", thread.getName(), e);
      }
      return false;
    }
  }
}
