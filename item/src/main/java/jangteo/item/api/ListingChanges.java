package jangteo.item.api;

import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.item.domain.Listing;
import jangteo.item.domain.StockChange;
import jangteo.item.events.CatalogueEvents;
import jangteo.item.store.ListingStore;
import jangteo.item.store.StockHistory;
import java.util.Optional;

/** Writes what a seller made of a listing: its row, its stock's history, its event. */
public final class ListingChanges {

  private final ListingStore listings;
  private final StockHistory history;
  private final Outbox outbox;

  public ListingChanges(ListingStore listings, StockHistory history, Outbox outbox) {
    this.listings = listings;
    this.history = history;
    this.outbox = outbox;
  }

  /**
   * A new one.
   *
   * @throws jangteo.chassis.data.DuplicateKeyException when the seller has one of this product
   */
  void open(Transaction tx, Listing listing) {
    listings.add(tx, listing);
    told(tx, listing, StockChange.opening(listing));
  }

  /** Another state of one that this transaction has locked. */
  void save(
      Transaction tx,
      Listing before,
      Listing after,
      StockChange.Kind kind,
      Optional<String> reason) {
    listings.save(tx, after);
    told(tx, after, StockChange.bySeller(kind, before, after, reason));
  }

  private void told(Transaction tx, Listing listing, Optional<StockChange> change) {
    history.add(tx, change.stream().toList());
    outbox.add(tx, CatalogueEvents.of(listing));
  }

  /** The 409 for a stock that would not cover what orders hold. */
  static ProblemException belowReserved(Listing listing) {
    return Problem.conflict(
            "%d pieces are reserved for orders; the stock cannot go below that."
                .formatted(listing.stock().reserved()))
        .exception();
  }
}
