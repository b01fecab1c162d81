package jangteo.order.saga.runner;

import io.helidon.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the saga runs; the configuration's section {@code saga}.
 *
 * @param deadline how long an order may stay open ({@code deadline})
 * @param keepDecided how long a decided order stays in the store after its last change ({@code
 *     keep-decided})
 * @param commitInterval how often a transaction is committed while the task keeps up: each hop of
 *     an order waits for it ({@code commit-interval})
 * @param stateDirectory where the stores live ({@code state-dir})
 * @param threads stream threads ({@code threads})
 * @param standbys copies of each store kept warm on other instances ({@code standby-replicas})
 */
public record SagaSettings(
    Duration deadline,
    Duration keepDecided,
    Duration commitInterval,
    Path stateDirectory,
    int threads,
    int standbys) {

  /** At most so many orders of a partition are ended in one tick, so that a tick stays short. */
  static final int MOST_EXPIRIES = 500;

  /** What ending orders may take of a tick, so that new input has its turn as well. */
  static final Duration EXPIRIES_BUDGET = Duration.ofMillis(10);

  /** So many are ended in each tick, however long it takes. */
  static final int LEAST_EXPIRIES = 50;

  /** What was written less than so long ago is committed at once, see {@link CommitPace}. */
  static final Duration FRESH = Duration.ofMillis(100);

  /** How often a transaction is committed in which nothing is fresh. */
  static final Duration BACKLOG_COMMIT = Duration.ofMillis(200);

  static final Duration TICK = Duration.ofMillis(100);

  /** An order is decided by its deadline and so much more (design, section 7). */
  static final Duration PROMISE = Duration.ofMillis(500);

  /**
   * How many ticks (10 s) deadlines wait to learn what is unread. A broker that does not say so
   * would not take a decision either.
   */
  static final int UNKNOWN_LOOKS = 100;

  /** How many ticks (2 s) they wait for unread input while the thread reads nothing at all. */
  static final int IDLE_LOOKS = 20;

  /** How many ticks (30 s) they wait while it reads other partitions alone. */
  static final int BUSY_LOOKS = 300;

  /** While nothing moves they look again, so often, how far the group has come. */
  static final Duration LOOK_AGAIN = Duration.ofMillis(300);

  /** A day is kept: there is no hurry. */
  static final Duration SWEEP_EVERY = Duration.ofSeconds(10);

  /** What letting go of old orders may take of a stream thread's second. */
  static final Duration SWEEP_BUDGET = Duration.ofMillis(10);

  /** Reads the section. */
  public static SagaSettings create(Config saga) {
    return new SagaSettings(
        saga.get("deadline").as(Duration.class).get(),
        saga.get("keep-decided").as(Duration.class).get(),
        saga.get("commit-interval").as(Duration.class).get(),
        Path.of(saga.get("state-dir").asString().get()),
        saga.get("threads").asInt().get(),
        saga.get("standby-replicas").asInt().get());
  }
}
