package jangteo.chassis;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again in the background; a failure is logged once, and the work goes
 * on.
 */
public final class Recurring implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);

  /** How long a failing work rests, so that an outage does not fill the log or the processor. */
  private static final Duration REST = Duration.ofSeconds(1);

  private static final Duration STOP = Duration.ofSeconds(10);

  private final String name;
  private final Duration every;
  private final BooleanSupplier work;
  private final StopSignal stopping = new StopSignal();
  private final Thread thread;
  private boolean failing;

  /**
   * Work of that name.
   *
   * @param every the pause between two runs
   * @param work whether there is more to do at once
   */
  public Recurring(String name, Duration every, BooleanSupplier work) {
    this.name = name;
    this.every = every;
    this.work = work;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Ends after the run at hand. */
  @Override
  public void stop() {
    stopping.give();
    try {
      thread.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Duration pause = every;
    while (!stopping.givenWithin(pause)) {
      try {
        pause = work.getAsBoolean() ? Duration.ZERO : every;
        failing = false;
      } catch (RuntimeException e) {
        if (!failing) {
          LOG.warn("{} fails and is tried again every {}", name, REST, e);
        }
        failing = true;
        pause = REST;
      }
    }
  }
}
