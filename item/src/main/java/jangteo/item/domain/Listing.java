package jangteo.item.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One seller's offer of a product.
 *
 * @param version of price and status: the listing's ETag and an order's price snapshot. Stock
 *     leaves it alone, so that a seller's edit does not lose against every order
 * @param sequence grows with every change, stock movements included: the one to compare for "newer"
 */
public record Listing(
    long id,
    long productId,
    long sellerId,
    Price price,
    ListingStatus status,
    Stock stock,
    long version,
    long sequence,
    Instant updatedAt) {

  /** What the seller says of a listing, whole; {@code quantity} is what is on hand. */
  public record Terms(Price price, long quantity, ListingStatus status) {}

  /** A new listing. */
  public static Listing open(long id, long productId, long sellerId, Terms terms, Instant now) {
    return new Listing(
        id,
        productId,
        sellerId,
        terms.price(),
        terms.status(),
        Stock.of(terms.quantity()),
        1,
        1,
        now);
  }

  /** The listing on new terms; empty when the quantity is less than what is reserved. */
  public Optional<Listing> replace(Terms terms, Instant now) {
    boolean sameOffer = price.equals(terms.price()) && status == terms.status();
    return stock
        .counted(terms.quantity())
        .map(
            counted ->
                new Listing(
                    id,
                    productId,
                    sellerId,
                    terms.price(),
                    terms.status(),
                    counted,
                    sameOffer ? version : version + 1,
                    sequence + 1,
                    now));
  }

  /** Whether these are the terms that it has. */
  public boolean on(Terms terms) {
    return price.equals(terms.price())
        && status == terms.status()
        && stock.onHand() == terms.quantity();
  }

  /**
   * The listing after the seller's stock correction; empty when it would go below what is reserved.
   */
  public Optional<Listing> adjust(long delta, Instant now) {
    return stock.adjust(delta).map(adjusted -> moved(adjusted, now));
  }

  /** The listing with its stock moved. */
  public Listing moved(Stock moved, Instant now) {
    return new Listing(id, productId, sellerId, price, status, moved, version, sequence + 1, now);
  }

  /**
   * The listing of a product that was deleted: nobody can buy it any more; what orders hold of it
   * is theirs.
   */
  public Listing erased(Instant now) {
    return new Listing(
        id, productId, sellerId, price, ListingStatus.ENDED, stock, version + 1, sequence + 1, now);
  }

  public boolean onSale() {
    return status == ListingStatus.ON_SALE;
  }

  public boolean buyable() {
    return onSale() && stock.available() > 0;
  }
}
