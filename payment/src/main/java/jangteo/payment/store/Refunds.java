package jangteo.payment.store;

import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Outcome;
import jangteo.payment.domain.Refund;
import java.util.List;
import java.util.UUID;

/** The table {@code refunds}: what admins asked for; what came of it stands with the intents. */
public final class Refunds {

  /** Stores a new refund. */
  public void add(Transaction tx, Refund refund) {
    tx.execute(
        """
        INSERT INTO refunds (refund_id, payment_id, amount, currency, reason, requested_by, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        refund.refundId(),
        refund.paymentId(),
        refund.amount().amount(),
        refund.amount().currency(),
        refund.reason(),
        refund.requestedBy(),
        refund.createdAt());
  }

  /** All refunds by hand of a payment. */
  public List<Refund> of(Sql sql, UUID paymentId) {
    return sql
        .all(
            """
            SELECT r.*, i.outcome FROM refunds r
            JOIN intents i ON i.payment_id = r.payment_id AND i.refund_id = r.refund_id
            WHERE r.payment_id = ?
            """,
            paymentId)
        .stream()
        .map(Refunds::refund)
        .toList();
  }

  private static Refund refund(Row row) {
    return new Refund(
        row.uuid("refund_id"),
        row.uuid("payment_id"),
        new Money(row.whole("amount"), row.text("currency")),
        row.text("reason"),
        row.whole("requested_by"),
        row.instant("created_at"),
        row.maybeText("outcome").map(Outcome::valueOf));
  }
}
