package jangteo.chassis;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done once before a service is ready, such as making indexes: begun at its start, and
 * tried again until it succeeds.
 */
public final class Preparation implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Two seconds: before that, what it needs is starting as well. */
  private static final int WORTH_A_WORD = 10;

  private final String name;
  private final Runnable work;
  private final StopSignal stopping = new StopSignal();
  private final Thread thread;
  private volatile boolean done;

  /**
   * Work of that name.
   *
   * @param work harmless when repeated; what it throws is a reason to try again
   */
  public Preparation(String name, Runnable work) {
    this.name = name;
    this.work = work;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() {
    stopping.give();
    thread.interrupt();
  }

  @Override
  public Readiness readiness() {
    return done ? Readiness.yes() : Readiness.no(name + ": not done yet");
  }

  private void run() {
    int failures = 0;
    do {
      try {
        work.run();
        done = true;
        return;
      } catch (RuntimeException e) {
        if (++failures == WORTH_A_WORD) {
          LOG.warn("{} keeps failing, and will be tried until it works", name, e);
        }
      }
    } while (!stopping.givenWithin(PAUSE));
  }
}
