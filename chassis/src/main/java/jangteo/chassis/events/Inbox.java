package jangteo.chassis.events;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.DuplicateKeyException;
import jangteo.chassis.data.Transaction;
import java.time.Clock;
import java.time.Duration;

/**
 * Remembers which events a consumer has handled, for consumers without a natural key of their own
 * (design, section 6, "In"): one row per consumer and {@code ce_id}, in the transaction of the
 * work.
 *
 * <p>Rows are kept longer than a log keeps its records (7 days).
 */
public final class Inbox {

  private static final Duration KEPT = Duration.ofDays(8);

  private final Clock clock;

  private Inbox(Clock clock) {
    this.clock = clock;
  }

  /** The inbox in the service's own schema. */
  public static Inbox create(Database database, Clock clock) {
    database.forget("inbox", KEPT);
    return new Inbox(clock);
  }

  /**
   * Whether this consumer sees the event for the first time. An instance that handles the same
   * event at this moment is waited for.
   */
  public boolean first(Transaction transaction, String consumer, Record record) {
    try {
      transaction.execute(
          "INSERT INTO inbox (consumer, event_id, created_at) VALUES (?, ?, ?)",
          consumer,
          record.id(),
          clock.instant());
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }
}
