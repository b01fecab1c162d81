package jangteo.order.domain;

import java.util.List;
import java.util.UUID;

/**
 * What a buyer has asked for: the content of an order, as placed.
 *
 * @param addressId an address of the buyer, 0 when none was given
 * @param requestHash SHA-256 of the request in hexadecimal: the same idempotency key with another
 *     hash is refused
 * @param traceparent W3C trace context of the request, empty when unknown
 */
public record Purchase(
    UUID orderId,
    long buyerId,
    List<Line> lines,
    Money total,
    PaymentChoice payment,
    long addressId,
    String requestHash,
    String traceparent) {

  public Purchase {
    lines = List.copyOf(lines);
  }

  /** Whether the seller has a line in it. */
  public boolean sells(long sellerId) {
    return lines.stream().anyMatch(line -> line.sellerId() == sellerId);
  }

  /** Whether each line has come at least as far as {@code least}. */
  public boolean all(Fulfilment least) {
    return lines.stream().allMatch(line -> line.fulfilment().compareTo(least) >= 0);
  }

  /** Whether each line of the seller has come at least as far as {@code least}. */
  public boolean allOf(long sellerId, Fulfilment least) {
    return lines.stream()
        .filter(line -> line.sellerId() == sellerId)
        .allMatch(line -> line.fulfilment().compareTo(least) >= 0);
  }

  /** Whether no line has left yet. */
  public boolean nothingShipped() {
    return lines.stream().allMatch(line -> line.fulfilment() == Fulfilment.OPEN);
  }

  /** The seller's lines moved on to {@code next}. */
  public Purchase fulfil(long sellerId, Fulfilment next) {
    return withLines(
        lines.stream().map(line -> line.sellerId() == sellerId ? line.with(next) : line).toList());
  }

  /** All lines moved on to {@code next}. */
  public Purchase fulfilAll(Fulfilment next) {
    return withLines(lines.stream().map(line -> line.with(next)).toList());
  }

  private Purchase withLines(List<Line> moved) {
    return new Purchase(
        orderId, buyerId, moved, total, payment, addressId, requestHash, traceparent);
  }
}
