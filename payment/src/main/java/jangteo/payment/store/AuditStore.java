package jangteo.payment.store;

import jangteo.audit.v1.GetLedgerResponse;
import jangteo.audit.v1.LedgerSum;
import jangteo.audit.v1.OrderPayment;
import jangteo.audit.v1.UnbalancedEntry;
import jangteo.audit.v1.WalletMismatch;
import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.events.ProtoTime;
import jangteo.payment.domain.Account;
import jangteo.type.v1.Money;
import java.util.Collection;
import java.util.List;

/**
 * Payments, the ledger and the wallets as the audit wants them: as they stand, past the rules of
 * the domain.
 */
public final class AuditStore {

  /** So many faults are told; more would tell nothing more. */
  private static final int FAULTS = 1_000;

  /**
   * One statement, and so one snapshot: a payment and its entries are committed together and are
   * seen together. What was sold stands as a credit in the sales account, what was given back as a
   * debit.
   */
  private static final String PAYMENTS =
      """
      SELECT p.payment_id, p.order_id, p.state, p.amount, p.currency, p.refunded AS by_hand,
        (SELECT -COALESCE(SUM(LEAST(l.amount, 0)), 0)
         FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.entry_id
         WHERE e.payment_id = p.payment_id AND l.account = ?) AS captured,
        (SELECT COALESCE(SUM(GREATEST(l.amount, 0)), 0)
         FROM journal_entries e JOIN journal_lines l ON l.entry_id = e.entry_id
         WHERE e.payment_id = p.payment_id AND l.account = ?) AS refunded,
        (SELECT COALESCE(SUM(i.amount), 0) FROM intents i
         WHERE i.payment_id = p.payment_id AND i.step = 'REFUNDING_PART' AND i.outcome = 'REFUNDED') AS refunded_by_hand,
        (SELECT COUNT(*) FROM intents i WHERE i.payment_id = p.payment_id AND i.open = TRUE) AS open_steps,
        (SELECT MIN(i.created_at) FROM intents i
         WHERE i.payment_id = p.payment_id AND i.open = TRUE) AS open_since
      FROM payments p WHERE %s ORDER BY p.order_id LIMIT ?
      """;

  /** A page of payments of orders, in the order of the orders' ids. */
  public List<OrderPayment> payments(Sql sql, String afterOrderId, int size) {
    return payments(
        sql.all(
            PAYMENTS.formatted("p.order_id > ?"),
            Account.SALES.name(),
            Account.SALES.name(),
            afterOrderId,
            size));
  }

  /** The payments of those of these orders that have one, in the same order. */
  public List<OrderPayment> payments(Sql sql, Collection<String> orderIds) {
    Object[] args = new Object[orderIds.size() + 3];
    args[0] = Account.SALES.name();
    args[1] = Account.SALES.name();
    int i = 2;
    for (String id : orderIds) {
      args[i++] = id;
    }
    args[i] = Integer.MAX_VALUE;
    return payments(
        sql.all(PAYMENTS.formatted("p.order_id IN " + Placeholders.list(orderIds.size())), args));
  }

  private static List<OrderPayment> payments(List<Row> rows) {
    return rows.stream().map(AuditStore::payment).toList();
  }

  private static OrderPayment payment(Row row) {
    long amount = row.whole("amount");
    StoredState.Name state = row.choice("state", StoredState.Name.class);
    OrderPayment.Builder payment =
        OrderPayment.newBuilder()
            .setPaymentId(row.text("payment_id"))
            .setOrderId(row.text("order_id"))
            .setState(state.name())
            .setTotal(Money.newBuilder().setAmount(amount).setCurrency(row.text("currency")))
            .setAuthorized(holds(state) ? amount : 0)
            .setCharged(state == StoredState.Name.CAPTURED ? amount - row.whole("by_hand") : 0)
            .setCaptured(row.whole("captured"))
            .setRefunded(row.whole("refunded"))
            .setRefundedByHand(row.whole("refunded_by_hand"))
            .setOpenSteps((int) row.whole("open_steps"));
    row.maybeInstant("open_since").map(ProtoTime::of).ifPresent(payment::setOpenSince);
    return payment.build();
  }

  private static boolean holds(StoredState.Name state) {
    return switch (state) {
      case AUTHORIZED, UNRESOLVED, CAPTURE_FAILED -> true;
      case REQUESTED, REJECTED, EXPIRED, CAPTURED, VOIDED, REFUNDED -> false;
    };
  }

  /** The sums of the ledger, and where it and the wallets are out of balance. */
  public GetLedgerResponse ledger(Sql sql) {
    GetLedgerResponse.Builder ledger = GetLedgerResponse.newBuilder();
    sql.all(
            """
            SELECT currency, CAST(SUM(amount) AS SIGNED) AS total FROM journal_lines
            GROUP BY currency ORDER BY currency
            """)
        .forEach(
            row ->
                ledger.addSums(
                    LedgerSum.newBuilder()
                        .setSum(
                            Money.newBuilder()
                                .setAmount(row.whole("total"))
                                .setCurrency(row.text("currency")))));
    sql.all(
            """
            SELECT u.entry_id, u.total, e.payment_id, e.order_id
            FROM (SELECT entry_id, CAST(SUM(amount) AS SIGNED) AS total FROM journal_lines
                  GROUP BY entry_id HAVING SUM(amount) <> 0 ORDER BY entry_id LIMIT ?) u
            LEFT JOIN journal_entries e ON e.entry_id = u.entry_id
            ORDER BY u.entry_id
            """,
            FAULTS)
        .forEach(row -> ledger.addUnbalanced(unbalanced(row)));
    sql.all(
            """
            SELECT * FROM (
              SELECT w.member_id, w.currency, w.balance, w.held,
                (SELECT CAST(-COALESCE(SUM(l.amount), 0) AS SIGNED) FROM journal_lines l
                 WHERE l.account = CONCAT('wallet:', w.member_id) AND l.currency = w.currency) AS balance_in_ledger,
                (SELECT CAST(-COALESCE(SUM(l.amount), 0) AS SIGNED) FROM journal_lines l
                 WHERE l.account = CONCAT('held:', w.member_id) AND l.currency = w.currency) AS held_in_ledger
              FROM wallets w) s
            WHERE s.balance <> s.balance_in_ledger OR s.held <> s.held_in_ledger
            ORDER BY s.member_id, s.currency LIMIT ?
            """,
            FAULTS)
        .forEach(row -> ledger.addMismatches(mismatch(row)));
    return ledger
        .setEntries(count(sql, "SELECT COUNT(*) AS n FROM journal_entries"))
        .setWallets(count(sql, "SELECT COUNT(*) AS n FROM wallets"))
        .build();
  }

  private static UnbalancedEntry unbalanced(Row row) {
    return UnbalancedEntry.newBuilder()
        .setEntryId(row.whole("entry_id"))
        .setSum(row.whole("total"))
        .setPaymentId(row.maybeText("payment_id").orElse(""))
        .setOrderId(row.maybeText("order_id").orElse(""))
        .build();
  }

  private static WalletMismatch mismatch(Row row) {
    return WalletMismatch.newBuilder()
        .setMemberId(row.whole("member_id"))
        .setCurrency(row.text("currency"))
        .setBalance(row.whole("balance"))
        .setBalanceInLedger(row.whole("balance_in_ledger"))
        .setHeld(row.whole("held"))
        .setHeldInLedger(row.whole("held_in_ledger"))
        .build();
  }

  private static long count(Sql sql, String query) {
    return sql.one(query).orElseThrow().whole("n");
  }
}
