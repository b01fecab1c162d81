package jangteo.payment.store;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.payment.domain.Account;
import jangteo.payment.domain.JournalEntry;
import jangteo.payment.domain.JournalEntry.Kind;
import jangteo.payment.domain.JournalEntry.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code journal_entries} and {@code journal_lines}; only ever added to. */
public final class Ledger {

  private final Ids ids;

  /** Takes the entries' ids from there. */
  public Ledger(Ids ids) {
    this.ids = ids;
  }

  /**
   * A line of an account.
   *
   * @param entryId the entry's id
   * @param at when
   * @param kind of the entry
   * @param amount debit positive
   * @param orderId the order, if any
   */
  public record Movement(
      long entryId, Instant at, Kind kind, long amount, Optional<UUID> orderId) {}

  /**
   * Adds entries.
   *
   * @throws jangteo.chassis.data.DuplicateKeyException when a payment has one of that kind and
   *     refund
   */
  public void add(Transaction tx, Collection<JournalEntry> entries, Instant now) {
    if (entries.isEmpty()) {
      return;
    }
    List<Object> rows = new ArrayList<>();
    List<Object> lines = new ArrayList<>();
    for (JournalEntry entry : entries) {
      long entryId = ids.next();
      Collections.addAll(
          rows,
          entryId,
          entry.paymentId(),
          entry.orderId(),
          entry.kind(),
          entry.refundId().map(UUID::toString).orElse(""),
          now);
      int number = 0;
      for (Line line : entry.lines()) {
        Collections.addAll(
            lines, entryId, ++number, line.account().name(), line.amount(), line.currency());
      }
    }
    tx.execute(
        "INSERT INTO journal_entries (entry_id, payment_id, order_id, kind, refund_id, at) VALUES "
            + Placeholders.rows(rows.size() / 6, 6),
        rows.toArray());
    tx.execute(
        "INSERT INTO journal_lines (entry_id, line, account, amount, currency) VALUES "
            + Placeholders.rows(lines.size() / 5, 5),
        lines.toArray());
  }

  /** The lines of an account, the newest first, older than the given entry. */
  public List<Movement> movements(
      Sql sql, Account account, String currency, long beforeEntry, int size) {
    return sql
        .all(
            """
            SELECT e.entry_id, e.at, e.kind, l.amount, e.order_id
            FROM journal_lines l JOIN journal_entries e ON e.entry_id = l.entry_id
            WHERE l.account = ? AND l.currency = ? AND l.entry_id < ?
            ORDER BY l.entry_id DESC LIMIT ?
            """,
            account.name(),
            currency,
            beforeEntry,
            size)
        .stream()
        .map(
            row ->
                new Movement(
                    row.whole("entry_id"),
                    row.instant("at"),
                    row.choice("kind", Kind.class),
                    row.whole("amount"),
                    row.maybeText("order_id").map(UUID::fromString)))
        .toList();
  }

  /**
   * What an account had in credit when a payment's first entry was made: the same for every asking,
   * so that a repeated request can be answered alike.
   */
  public long creditAfter(Sql sql, Account account, String currency, UUID paymentId) {
    return sql.one(
            """
            SELECT CAST(COALESCE(-SUM(l.amount), 0) AS SIGNED) AS credit
            FROM journal_lines l
            WHERE l.account = ? AND l.currency = ? AND l.entry_id <=
              (SELECT MIN(e.entry_id) FROM journal_entries e WHERE e.payment_id = ?)
            """,
            account.name(),
            currency,
            paymentId)
        .map(row -> row.whole("credit"))
        .orElse(0L);
  }
}
