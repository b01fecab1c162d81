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
 * @param commitInterval how often a transaction is committed: each hop of an order waits for it
 *     ({@code commit-interval})
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

  /** At most so many orders are ended in one tick, so that a tick stays short. */
  static final int EXPIRIES_PER_TICK = 500;

  static final Duration TICK = Duration.ofMillis(100);

  /** An order is decided by its deadline and so much more (design, section 7). */
  static final Duration PROMISE = Duration.ofMillis(500);

  /** A tick that comes so late means that the process has stood still. */
  static final Duration STANDSTILL = Duration.ofSeconds(1);

  /** How long deadlines wait after an assignment or a standstill to learn what is unread. */
  static final Duration INPUT_PATIENCE = Duration.ofMillis(400);

  /** How long they wait for input that is known to be unread. */
  static final Duration UNREAD_PATIENCE = Duration.ofSeconds(2);

  static final Duration SWEEP_EVERY = Duration.ofSeconds(1);

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
