package jangteo.item.events;

import static java.util.stream.Collectors.toCollection;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.UnprocessableException;
import jangteo.item.domain.Listing;
import jangteo.item.domain.RecordedStep;
import jangteo.item.domain.StepRequest;
import jangteo.item.domain.StepRequest.Line;
import jangteo.item.domain.StockBook;
import jangteo.item.store.ListingStore;
import jangteo.item.store.StepStore;
import jangteo.item.store.StockHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Takes a batch of steps in one transaction (DESIGN.md section 7): locks the batch's listings in id
 * order, decides in memory, writes one change per listing, one row per (order, step) and the
 * stock's history.
 */
public final class TakingSteps {

  private final Database database;
  private final ListingStore listings;
  private final StepStore steps;
  private final StockHistory history;
  private final Duration announceEvery;
  private final Runnable moved;
  private final Clock clock;

  /**
   * The use case on its stores.
   *
   * @param announceEvery the least time between two announcements of a listing's stock
   * @param moved told when stock has moved
   */
  public TakingSteps(
      Database database,
      ListingStore listings,
      StepStore steps,
      StockHistory history,
      Duration announceEvery,
      Runnable moved,
      Clock clock) {
    this.database = database;
    this.listings = listings;
    this.steps = steps;
    this.history = history;
    this.announceEvery = announceEvery;
    this.moved = moved;
    this.clock = clock;
  }

  /**
   * The answer to each request, in order: what was decided now, or what was recorded when the step
   * came before.
   *
   * @throws UnprocessableException when an order is to be committed of which nothing is held; then
   *     no step of the batch is taken
   */
  public List<RecordedStep> take(List<StepRequest> requests) {
    return database.inTransaction(tx -> take(tx, requests));
  }

  private List<RecordedStep> take(Transaction tx, List<StepRequest> requests) {
    // The steps are read under the listings' locks: whoever else takes a step of the same order has
    // committed by then.
    List<Listing> locked = listings.lock(tx, listingIds(requests));
    List<RecordedStep> recorded = steps.of(tx, orderIds(requests));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    StockBook book = new StockBook(locked, recorded, now);
    List<RecordedStep> answers =
        requests.stream()
            .map(request -> book.take(request).orElseThrow(() -> nothingHeld(request)))
            .toList();
    steps.add(tx, book.taken());
    List<Listing> changed = book.changed();
    listings.saveStock(tx, changed, now, now.plus(announceEvery));
    history.add(tx, book.history());
    if (!changed.isEmpty()) {
      tx.afterCommit(moved);
    }
    return answers;
  }

  private static UnprocessableException nothingHeld(StepRequest request) {
    return new UnprocessableException(
        request.step() + " of order " + request.orderId() + ", of which nothing is held");
  }

  private static Set<Long> listingIds(List<StepRequest> requests) {
    return requests.stream()
        .flatMap(request -> request.lines().stream())
        .map(Line::listingId)
        .collect(toCollection(TreeSet::new));
  }

  private static Set<UUID> orderIds(List<StepRequest> requests) {
    return requests.stream().map(StepRequest::orderId).collect(toCollection(TreeSet::new));
  }
}
