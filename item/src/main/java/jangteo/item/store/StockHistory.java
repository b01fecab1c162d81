package jangteo.item.store;

import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.item.domain.StockChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code stock_changes}, which only grows. */
public final class StockHistory {

  private static final String COLUMNS =
      "listing_id, sequence, nth, kind, delta, on_hand, reason, order_id, changed_at";

  /** Adds changes of listings that this transaction has locked, all in one statement. */
  public void add(Transaction tx, Collection<StockChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<@Nullable Object> args = new ArrayList<>();
    for (StockChange change : changes) {
      Collections.addAll(
          args,
          change.listingId(),
          change.sequence(),
          change.nth(),
          change.kind(),
          change.delta(),
          change.onHand(),
          change.reason(),
          change.orderId(),
          change.at());
    }
    tx.execute(
        "INSERT INTO stock_changes (%s) VALUES %s"
            .formatted(COLUMNS, Placeholders.rows(changes.size(), 9)),
        args.toArray());
  }

  /** A listing's changes before that one, the newest first. */
  public List<StockChange> before(Sql sql, long listingId, long sequence, int nth, int limit) {
    return sql
        .all(
            """
            SELECT %s FROM stock_changes
            WHERE listing_id = ? AND sequence <= ? AND (sequence < ? OR nth < ?)
            ORDER BY sequence DESC, nth DESC LIMIT ?"""
                .formatted(COLUMNS),
            listingId,
            sequence,
            sequence,
            nth,
            limit)
        .stream()
        .map(StockHistory::change)
        .toList();
  }

  private static StockChange change(Row row) {
    Optional<UUID> orderId = row.maybeText("order_id").map(UUID::fromString);
    return new StockChange(
        row.whole("listing_id"),
        row.whole("sequence"),
        (int) row.whole("nth"),
        row.choice("kind", StockChange.Kind.class),
        row.whole("delta"),
        row.whole("on_hand"),
        row.maybeText("reason"),
        orderId,
        row.instant("changed_at"));
  }
}
