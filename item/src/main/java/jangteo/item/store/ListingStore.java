package jangteo.item.store;

import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.item.domain.Listing;
import jangteo.item.domain.ListingStatus;
import jangteo.item.domain.Price;
import jangteo.item.domain.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table {@code listings}. Whoever locks several listings gets them in id order: no two wait for
 * each other.
 */
public final class ListingStore {

  static final String COLUMNS =
      """
      listing_id, product_id, seller_id, price_amount, price_currency, status, on_hand, reserved, sold, initial, \
      adjusted, restocked, version, sequence, updated_at""";

  /**
   * Adds a new listing.
   *
   * @throws jangteo.chassis.data.DuplicateKeyException when the seller has one of this product
   */
  public void add(Transaction tx, Listing listing) {
    add(tx, List.of(listing));
  }

  /** Adds new listings, all in one statement. */
  public void add(Transaction tx, List<Listing> listings) {
    if (listings.isEmpty()) {
      return;
    }
    List<Object> args = new ArrayList<>();
    for (Listing listing : listings) {
      Stock stock = listing.stock();
      Collections.addAll(
          args,
          listing.id(),
          listing.productId(),
          listing.sellerId(),
          listing.price().amount(),
          listing.price().currency(),
          listing.status(),
          stock.onHand(),
          stock.reserved(),
          stock.sold(),
          stock.initial(),
          stock.adjusted(),
          stock.restocked(),
          listing.version(),
          listing.sequence(),
          listing.updatedAt());
    }
    tx.execute(
        "INSERT INTO listings (%s) VALUES %s"
            .formatted(COLUMNS, Placeholders.rows(listings.size(), 15)),
        args.toArray());
  }

  /**
   * The listings of these ids that exist, erased ones too, in id order, locked until the
   * transaction ends.
   */
  public List<Listing> lock(Transaction tx, Collection<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : tx
            .all(
                "SELECT %s FROM listings WHERE listing_id IN %s ORDER BY listing_id FOR UPDATE"
                    .formatted(COLUMNS, Placeholders.list(ids.size())),
                ids.toArray())
            .stream()
            .map(ListingStore::listing)
            .toList();
  }

  /**
   * The seller's listing of the product, locked until the transaction ends; empty when there is
   * none.
   */
  public Optional<Listing> lockOf(Transaction tx, long productId, long sellerId) {
    return tx.one(
            """
            SELECT %s FROM listings
            WHERE product_id = ? AND seller_id = ? AND erased_at IS NULL FOR UPDATE"""
                .formatted(COLUMNS),
            productId,
            sellerId)
        .map(ListingStore::listing);
  }

  /** Ids of the seller's listings of these products; not locked. */
  public List<Long> idsOf(Sql sql, long sellerId, Collection<Long> productIds) {
    return productIds.isEmpty()
        ? List.of()
        : sql
            .all(
                """
                SELECT listing_id FROM listings
                WHERE seller_id = ? AND erased_at IS NULL AND product_id IN %s"""
                    .formatted(Placeholders.list(productIds.size())),
                Stream.concat(Stream.of(sellerId), productIds.stream()).toArray())
            .stream()
            .map(row -> row.whole("listing_id"))
            .toList();
  }

  /** The id of the seller's listing of the product; empty when there is none. */
  public Optional<Long> idOf(Sql sql, long productId, long sellerId) {
    return sql.one(
            """
            SELECT listing_id FROM listings
            WHERE product_id = ? AND seller_id = ? AND erased_at IS NULL""",
            productId,
            sellerId)
        .map(row -> row.whole("listing_id"));
  }

  /**
   * Writes a locked listing that its seller changed; its event is sent by the caller, so no
   * announcement is due.
   */
  public void save(Transaction tx, Listing listing) {
    save(tx, List.of(listing));
  }

  /** The same for many, all in one statement. */
  public void save(Transaction tx, List<Listing> changed) {
    if (changed.isEmpty()) {
      return;
    }
    List<Object> args = new ArrayList<>();
    for (Listing listing : changed) {
      Collections.addAll(
          args,
          listing.id(),
          listing.price().amount(),
          listing.price().currency(),
          listing.status(),
          listing.stock().onHand(),
          listing.stock().adjusted(),
          listing.version(),
          listing.sequence(),
          listing.updatedAt());
    }
    tx.execute(
        """
        UPDATE (%s) changed STRAIGHT_JOIN listings FORCE INDEX (PRIMARY)
          ON listings.listing_id = changed.listing_id
        SET listings.price_amount = changed.price_amount,
          listings.price_currency = changed.price_currency, listings.status = changed.status,
          listings.on_hand = changed.on_hand, listings.adjusted = changed.adjusted,
          listings.version = changed.version, listings.sequence = changed.sequence,
          listings.updated_at = changed.updated_at, listings.announce_at = NULL
        """
            .formatted(
                Placeholders.table(
                    changed.size(),
                    "listing_id",
                    "price_amount",
                    "price_currency",
                    "status",
                    "on_hand",
                    "adjusted",
                    "version",
                    "sequence",
                    "updated_at")),
        args.toArray());
  }

  /**
   * Writes the stock of locked listings that orders moved, all in one statement. The order of the
   * join is fixed, so that no optimiser ever reads, and locks, other listings than these.
   *
   * @param announceAt when they are announced, unless an earlier movement waits to be announced
   *     before that, or there is nothing to announce any more
   */
  public void saveStock(Transaction tx, List<Listing> moved, Instant now, Instant announceAt) {
    if (moved.isEmpty()) {
      return;
    }
    List<Object> args = new ArrayList<>();
    for (Listing listing : moved) {
      Stock stock = listing.stock();
      Collections.addAll(
          args,
          listing.id(),
          stock.onHand(),
          stock.reserved(),
          stock.sold(),
          stock.restocked(),
          listing.sequence());
    }
    Collections.addAll(args, now, announceAt);
    tx.execute(
        """
        UPDATE (%s) moved STRAIGHT_JOIN listings FORCE INDEX (PRIMARY)
          ON listings.listing_id = moved.listing_id
        SET listings.on_hand = moved.on_hand, listings.reserved = moved.reserved,
          listings.sold = moved.sold, listings.restocked = moved.restocked,
          listings.sequence = moved.sequence, listings.updated_at = ?,
          listings.announce_at =
            CASE WHEN listings.erased_at IS NULL THEN COALESCE(listings.announce_at, ?) END
        """
            .formatted(
                Placeholders.table(
                    moved.size(),
                    "listing_id",
                    "on_hand",
                    "reserved",
                    "sold",
                    "restocked",
                    "sequence")),
        args.toArray());
  }

  /** Whose listings the product has, locked until the transaction ends; the product is locked. */
  public List<Listing> lockAllOf(Transaction tx, long productId) {
    List<Long> ids =
        tx
            .all(
                "SELECT listing_id FROM listings WHERE product_id = ? AND erased_at IS NULL",
                productId)
            .stream()
            .map(row -> row.whole("listing_id"))
            .toList();
    return lock(tx, ids);
  }

  /** Erases locked listings. Their stock stays, for the orders that hold or bought of it. */
  public void erase(Transaction tx, List<Listing> erased, Instant now) {
    if (erased.isEmpty()) {
      return;
    }
    tx.execute(
        """
        UPDATE listings SET status = ?, version = version + 1, sequence = sequence + 1, updated_at = ?,
          announce_at = NULL, erased_at = ?
        WHERE listing_id IN %s"""
            .formatted(Placeholders.list(erased.size())),
        Stream.concat(Stream.of(ListingStatus.ENDED, now, now), erased.stream().map(Listing::id))
            .toArray());
  }

  /**
   * Ids of listings whose stock is to be announced by now, the longest waiting first; not locked.
   */
  public List<Long> due(Sql sql, Instant now, int limit) {
    return sql
        .all(
            "SELECT listing_id FROM listings WHERE announce_at <= ? ORDER BY announce_at LIMIT ?",
            now,
            limit)
        .stream()
        .map(row -> row.whole("listing_id"))
        .toList();
  }

  /**
   * Those of the ids that are still to be announced by now, locked in id order and marked as
   * announced.
   */
  public List<Listing> takeDue(Transaction tx, Collection<Long> ids, Instant now) {
    List<Listing> due =
        tx
            .all(
                """
                SELECT %s FROM listings FORCE INDEX (PRIMARY)
                WHERE listing_id IN %s AND announce_at <= ? ORDER BY listing_id FOR UPDATE"""
                    .formatted(COLUMNS, Placeholders.list(ids.size())),
                Stream.concat(ids.stream(), Stream.of(now)).toArray())
            .stream()
            .map(ListingStore::listing)
            .toList();
    if (!due.isEmpty()) {
      tx.execute(
          "UPDATE listings SET announce_at = NULL WHERE listing_id IN "
              + Placeholders.list(due.size()),
          due.stream().map(Listing::id).toArray());
    }
    return due;
  }

  static Listing listing(Row row) {
    return new Listing(
        row.whole("listing_id"),
        row.whole("product_id"),
        row.whole("seller_id"),
        new Price(row.whole("price_amount"), row.text("price_currency")),
        row.choice("status", ListingStatus.class),
        new Stock(
            row.whole("on_hand"),
            row.whole("reserved"),
            row.whole("sold"),
            row.whole("initial"),
            row.whole("adjusted"),
            row.whole("restocked")),
        row.whole("version"),
        row.whole("sequence"),
        row.instant("updated_at"));
  }
}
