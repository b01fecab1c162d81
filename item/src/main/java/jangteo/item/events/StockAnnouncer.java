package jangteo.item.events;

import jangteo.chassis.data.Database;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Outbox;
import jangteo.item.domain.Listing;
import jangteo.item.store.ListingStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Announces the stock that orders moved, many movements at once: at most one event per listing in
 * each interval (DESIGN.md section 6), whatever the number of instances, because the due time
 * stands in the listing's row.
 */
public final class StockAnnouncer {

  private static final int AT_ONCE = 500;

  /**
   * How long after a movement each run looks for what is due: longer than the interval and a
   * failure's rest.
   */
  private static final Duration WATCH = Duration.ofSeconds(5);

  /** How often a run looks in quiet times: what an instance left that is gone. */
  private static final Duration SAFETY_NET = Duration.ofSeconds(2);

  private final Database database;
  private final ListingStore listings;
  private final Outbox outbox;
  private final Clock clock;
  private volatile Instant watchUntil = Instant.EPOCH;
  private Instant looked = Instant.EPOCH;

  public StockAnnouncer(Database database, ListingStore listings, Outbox outbox, Clock clock) {
    this.database = database;
    this.listings = listings;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Orders moved the stock of a listing: there will be something to announce. */
  public void moved() {
    watchUntil = clock.instant().plus(WATCH);
  }

  /** Announces what is due; whether more may be. A quiet shop is asked seldom. */
  public boolean announce() {
    Instant now = clock.instant();
    boolean quiet = now.isAfter(watchUntil) && now.isBefore(looked.plus(SAFETY_NET));
    if (quiet || !database.readiness().ready()) {
      return false;
    }
    looked = now;
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
