package jangteo.chassis;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a service when an {@link Error} ends one of its threads, or anything the one that
 * starts it: it ends as a whole. What that thread did (a consumer, the relay, a timer) nobody does
 * any more, and a service that stands still in one place alone is found late; one that is gone is
 * started again. A request ends by itself, in a virtual thread, and ends nothing else.
 */
final class LastResort implements Thread.UncaughtExceptionHandler {
  /** The process's exit code, EX_SOFTWARE of sysexits.h. */
  static final int EXIT_CODE = 70;

  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

  private final Thread starter;
  private final IntConsumer exit;

  /**
   * The last resort of a process.
   *
   * @param starter the thread without which the service never serves
   * @param exit ends it at once with that code; no thread is waited for
   */
  LastResort(Thread starter, IntConsumer exit) {
    this.starter = starter;
    this.exit = exit;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    boolean fatal = thread.equals(starter) || (failure instanceof Error && !thread.isVirtual());
    LOG.error(
        "Thread {} ended{}", thread.getName(), fatal ? ", and so does the service" : "", failure);
    if (fatal) {
      exit.accept(EXIT_CODE);
    }
  }
}
