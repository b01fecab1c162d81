package jangteo.order.domain;

/**
 * What the catalogue says of one wanted product.
 *
 * @param listingVersion the price snapshot's version, which item compares
 * @param price of one piece
 */
public record Quote(
    long productId,
    String productName,
    long listingId,
    long listingVersion,
    long sellerId,
    Money price) {

  Line line(long quantity) {
    return new Line(
        productId,
        productName,
        listingId,
        listingVersion,
        sellerId,
        quantity,
        price,
        Fulfilment.OPEN);
  }
}
