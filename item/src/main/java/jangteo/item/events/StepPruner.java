package jangteo.item.events;

import jangteo.chassis.data.Database;
import jangteo.item.store.StepStore;
import jangteo.item.store.StepStore.PrunedUpTo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Forgets the steps of orders that ended without a sale, once no record of theirs can come again: a
 * few hundred at a time, so that nobody waits for it.
 */
public final class StepPruner {

  private static final int AT_ONCE = 500;

  private final Database database;
  private final StepStore steps;
  private final Duration kept;
  private final Clock clock;
  private PrunedUpTo from = PrunedUpTo.NOTHING;

  /**
   * Prunes those steps.
   *
   * @param kept how long after its release an order's steps stay: longer than a record of it may
   *     come again
   */
  public StepPruner(Database database, StepStore steps, Duration kept, Clock clock) {
    this.database = database;
    this.steps = steps;
    this.kept = kept;
    this.clock = clock;
  }

  /** Forgets a few; whether more may be. */
  public boolean prune() {
    if (!database.readiness().ready()) {
      return false;
    }
    Instant before = clock.instant().minus(kept);
    PrunedUpTo begin = from;
    Optional<PrunedUpTo> next =
        database.inTransaction(tx -> steps.prune(tx, begin, before, AT_ONCE));
    // What is left behind was sold and came back: it is not looked at again before a restart.
    next.ifPresent(reached -> from = reached);
    return next.isPresent();
  }
}
