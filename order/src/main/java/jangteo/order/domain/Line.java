package jangteo.order.domain;

/**
 * One line of an order: a quantity of one seller's listing, at the price the buyer saw.
 *
 * @param listingVersion the version of the listing the price was read from; item refuses the order
 *     when it has moved on
 * @param price of one piece
 */
public record Line(
    long productId,
    String productName,
    long listingId,
    long listingVersion,
    long sellerId,
    long quantity,
    Money price,
    Fulfilment fulfilment) {

  Line with(Fulfilment next) {
    return new Line(
        productId, productName, listingId, listingVersion, sellerId, quantity, price, next);
  }
}
