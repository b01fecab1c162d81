package jangteo.order.saga.runner;

import java.time.Duration;
import java.time.Instant;

/**
 * When a stream thread asks for a commit before Kafka Streams makes one by itself. Each hop of an
 * order waits for one, so what has just been written is committed at once. What is read late is a
 * backlog, and waits: a thread that committed after each round would do little else, for a round is
 * one record of each partition, and get ever further behind.
 */
final class CommitPace {
  private final Duration interval;
  private Instant asked = Instant.MIN;
  private boolean wanted;
  private long read;

  /**
   * @param interval the shortest time between two commits
   */
  CommitPace(Duration interval) {
    this.interval = interval;
  }

  /** A record was processed that had been written then. */
  void read(Instant written, Instant now) {
    read++;
    wanted |= written.plus(SagaSettings.FRESH).isAfter(now);
  }

  /** How many records the thread has read. */
  long read() {
    return read;
  }

  /** Whether to ask now; the answer is taken for done. */
  boolean isDue(Instant now) {
    if (!wanted || now.isBefore(asked.plus(interval))) {
      return false;
    }
    wanted = false;
    asked = now;
    return true;
  }
}
