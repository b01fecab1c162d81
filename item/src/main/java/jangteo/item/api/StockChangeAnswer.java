package jangteo.item.api;

import jangteo.item.domain.StockChange;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One change of the stock as the seller reads it.
 *
 * @param delta pieces that came, or went when negative
 * @param quantity on hand after it
 */
record StockChangeAnswer(
    Instant at,
    StockChange.Kind kind,
    long delta,
    long quantity,
    Optional<String> reason,
    Optional<UUID> orderId) {

  static StockChangeAnswer of(StockChange change) {
    return new StockChangeAnswer(
        change.at(),
        change.kind(),
        change.delta(),
        change.onHand(),
        change.reason(),
        change.orderId());
  }
}
