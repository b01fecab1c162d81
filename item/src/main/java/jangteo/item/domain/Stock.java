package jangteo.item.domain;

import java.util.Optional;

/**
 * What a seller has of a product, and where it came from and went. Every instance keeps the balance
 * of DESIGN.md section 7, invariant 2: available + reserved + sold = initial + adjusted +
 * restocked, and nothing below zero.
 *
 * @param onHand pieces that are there, the reserved ones included
 * @param reserved pieces held for orders that are not decided yet
 * @param sold pieces of confirmed orders, in all
 * @param initial pieces the listing started with
 * @param adjusted the sum of the seller's own corrections; may be negative
 * @param restocked pieces that came back after they had been sold, in all
 */
public record Stock(
    long onHand, long reserved, long sold, long initial, long adjusted, long restocked) {

  public Stock {
    if (reserved < 0 || reserved > onHand || sold < 0 || initial < 0 || restocked < 0) {
      throw new IllegalArgumentException(
          "stock out of bounds: on hand " + onHand + ", reserved " + reserved);
    }
    if (onHand + sold != initial + adjusted + restocked) {
      throw new IllegalArgumentException(
          "stock out of balance: on hand " + onHand + ", sold " + sold);
    }
  }

  /** The stock of a new listing. */
  public static Stock of(long initial) {
    return new Stock(initial, 0, 0, initial, 0, 0);
  }

  /** What can be bought now. */
  public long available() {
    return onHand - reserved;
  }

  public boolean covers(long quantity) {
    return quantity <= available();
  }

  /** Holds pieces for an order; ask {@link #covers} first. */
  public Stock reserve(long quantity) {
    return new Stock(onHand, reserved + quantity, sold, initial, adjusted, restocked);
  }

  /** Lets held pieces go. */
  public Stock release(long quantity) {
    return new Stock(onHand, reserved - quantity, sold, initial, adjusted, restocked);
  }

  /** Held pieces are sold. */
  public Stock commit(long quantity) {
    return new Stock(
        onHand - quantity, reserved - quantity, sold + quantity, initial, adjusted, restocked);
  }

  /** Sold pieces are back. */
  public Stock restock(long quantity) {
    return new Stock(onHand + quantity, reserved, sold, initial, adjusted, restocked + quantity);
  }

  /** The seller's correction; empty when it would leave less on hand than is reserved. */
  public Optional<Stock> adjust(long delta) {
    return onHand + delta < reserved
        ? Optional.empty()
        : Optional.of(
            new Stock(onHand + delta, reserved, sold, initial, adjusted + delta, restocked));
  }

  /** The seller counted: so many are on hand; empty when that is less than is reserved. */
  public Optional<Stock> counted(long pieces) {
    return adjust(pieces - onHand);
  }
}
