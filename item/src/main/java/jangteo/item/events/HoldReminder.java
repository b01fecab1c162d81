package jangteo.item.events;

import jangteo.chassis.data.Database;
import jangteo.chassis.events.Publisher;
import jangteo.item.domain.RecordedStep;
import jangteo.item.store.StepStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Announces reservations again that are open long after their order's deadline (DESIGN.md section
 * 7): the saga answers with its decision, and the reservation ends. Nothing stays reserved because
 * a record was lost.
 */
public final class HoldReminder {

  private static final int AT_ONCE = 500;

  private final Database database;
  private final StepStore steps;
  private final Publisher publisher;
  private final Clock clock;

  public HoldReminder(Database database, StepStore steps, Publisher publisher, Clock clock) {
    this.database = database;
    this.steps = steps;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Announces what is due; whether more may be. */
  public boolean remind() {
    if (!database.readiness().ready()) {
      return false;
    }
    Instant now = clock.instant();
    List<RecordedStep> open = database.read(sql -> steps.due(sql, now, AT_ONCE));
    if (!open.isEmpty()) {
      publisher.send(open.stream().map(StockReplies::of).toList());
      database.transact(tx -> steps.reminded(tx, open, now));
    }
    return open.size() == AT_ONCE;
  }
}
