package jangteo.item.events;

import jangteo.chassis.data.Database;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Outbox;
import jangteo.item.domain.Listing;
import jangteo.item.store.ListingStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Announces the stock that orders moved, many movements at once: at most one event per listing in
 * each interval (DESIGN.md section 6), whatever the number of instances, because the due time
 * stands in the listing's row.
 */
public final class StockAnnouncer {

  private static final int AT_ONCE = 500;

  private final Database database;
  private final ListingStore listings;
  private final Outbox outbox;
  private final Clock clock;

  public StockAnnouncer(Database database, ListingStore listings, Outbox outbox, Clock clock) {
    this.database = database;
    this.listings = listings;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Announces what is due; whether more may be. */
  public boolean announce() {
    if (!database.readiness().ready()) {
      return false;
    }
    Instant now = clock.instant();
    List<Long> due = database.read(sql -> listings.due(sql, now, AT_ONCE));
    if (!due.isEmpty()) {
      database.transact(
          tx -> {
            List<Listing> taken = listings.takeDue(tx, due, now);
            if (!taken.isEmpty()) {
              outbox.add(tx, taken.stream().map(CatalogueEvents::of).toArray(Event[]::new));
            }
          });
    }
    return due.size() == AT_ONCE;
  }
}
