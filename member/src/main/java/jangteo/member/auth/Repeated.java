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

  private final Duration pause;
  private final Runnable work;
  private final Thread thread;

  Repeated(String name, Duration pause, Runnable work) {
    this.pause = pause;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void stop() {
    thread.interrupt();
  }

  private void run() {
    boolean failing = false;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        boolean done = attempt(failing);
        failing = !done;
        Thread.sleep(done ? pause : AFTER_FAILURE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean attempt(boolean failedBefore) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      if (!failedBefore) {
        LOG.warn("{} failed, will be tried until it works", thread.getName(), e);
      }
      return false;
    }
  }
}
