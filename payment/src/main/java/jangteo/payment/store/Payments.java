package jangteo.payment.store;

import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.payment.domain.Method;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Payment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table {@code payments}. */
public final class Payments {

  private final Duration remindAfter;

  /**
   * Payments.
   *
   * @param remindAfter how long after an order's deadline what is still held for it is announced
   *     again, and again
   */
  public Payments(Duration remindAfter) {
    this.remindAfter = remindAfter;
  }

  /** Stores new payments; those that are there already stay as they are. */
  public void add(Transaction tx, Collection<Payment> payments) {
    write(tx, payments, Payment::createdAt, "payment_id = VALUES(payment_id)");
  }

  /** Writes where locked payments stand now, all in one statement. */
  public void update(Transaction tx, Collection<Payment> payments, Instant now) {
    write(
        tx,
        payments,
        _ -> now,
        """
        state = VALUES(state), reference = VALUES(reference), reason = VALUES(reason),
          refunded = VALUES(refunded), updated_at = VALUES(updated_at), remind_at = VALUES(remind_at)
        """);
  }

  private void write(
      Transaction tx,
      Collection<Payment> payments,
      Function<Payment, Instant> updatedAt,
      String whenThere) {
    if (payments.isEmpty()) {
      return;
    }
    List<@Nullable Object> args = new ArrayList<>();
    for (Payment payment : payments) {
      StoredState state = StoredState.of(payment.state());
      Collections.addAll(
          args,
          payment.paymentId(),
          payment.orderId(),
          payment.memberId(),
          payment.method(),
          payment.amount().amount(),
          payment.amount().currency(),
          payment.token(),
          state.name(),
          state.reference(),
          state.reason(),
          payment.refunded(),
          payment.deadline(),
          payment.createdAt(),
          updatedAt.apply(payment),
          payment.held() ? payment.deadline().plus(remindAfter) : null);
    }
    tx.execute(
        """
        INSERT INTO payments (payment_id, order_id, member_id, method, amount, currency,
                                     token, state, reference, reason, refunded, deadline,
                                     created_at, updated_at, remind_at)
        VALUES\s"""
            + Placeholders.rows(payments.size(), 15)
            + " ON DUPLICATE KEY UPDATE "
            + whenThere,
        args.toArray());
  }

  /** The payments of these ids, by id. */
  public Map<UUID, Payment> find(Sql sql, Collection<UUID> ids) {
    return ids.isEmpty()
        ? Map.of()
        : byId(
            sql.all(
                "SELECT * FROM payments WHERE payment_id IN " + Placeholders.list(ids.size()),
                ids.toArray()));
  }

  /** The same, locked in the order of their ids until the transaction ends. */
  public Map<UUID, Payment> lock(Transaction tx, Collection<UUID> ids) {
    return ids.isEmpty()
        ? Map.of()
        : byId(
            tx.all(
                "SELECT * FROM payments WHERE payment_id IN "
                    + Placeholders.list(ids.size())
                    + " ORDER BY payment_id FOR UPDATE",
                ids.toArray()));
  }

  /**
   * Payments that are held long after their order's deadline although nothing more is asked of
   * them, the longest waiting first, locked; they are due again later.
   */
  public List<Payment> takeHeld(Transaction tx, Instant now, int most) {
    List<Payment> held =
        tx
            .all(
                """
                SELECT p.* FROM payments p
                WHERE p.remind_at <= ? AND NOT EXISTS (
                  SELECT 1 FROM intents i WHERE i.payment_id = p.payment_id AND i.open = TRUE)
                ORDER BY p.remind_at LIMIT ? FOR UPDATE SKIP LOCKED
                """,
                now,
                most)
            .stream()
            .map(Payments::payment)
            .toList();
    if (!held.isEmpty()) {
      List<Object> args = new ArrayList<>();
      args.add(now.plus(remindAfter));
      held.forEach(payment -> args.add(payment.paymentId()));
      tx.execute(
          "UPDATE payments SET remind_at = ? WHERE payment_id IN " + Placeholders.list(held.size()),
          args.toArray());
    }
    return held;
  }

  /**
   * Payments of orders whose outcome is known, the newest first.
   *
   * @param memberId whose; of anybody when empty
   * @param orderId of which order; of any when empty
   * @param before only those created before this one; from the newest on when empty
   */
  public List<Payment> list(
      Sql sql, Optional<Long> memberId, Optional<UUID> orderId, Optional<UUID> before, int size) {
    StringBuilder where = new StringBuilder("WHERE order_id IS NOT NULL");
    where.append(" AND state NOT IN ('REQUESTED', 'UNRESOLVED', 'EXPIRED')");
    List<Object> args = new ArrayList<>();
    memberId.ifPresent(
        id -> {
          where.append(" AND member_id = ?");
          args.add(id);
        });
    orderId.ifPresent(
        id -> {
          where.append(" AND order_id = ?");
          args.add(id);
        });
    before.ifPresent(
        id -> {
          where.append(
              """
               AND (created_at, payment_id) <
                   (SELECT created_at, payment_id FROM payments WHERE payment_id = ?)
              """);
          args.add(id);
        });
    args.add(size);
    return sql
        .all(
            "SELECT * FROM payments "
                + where
                + " ORDER BY created_at DESC, payment_id DESC LIMIT ?",
            args.toArray())
        .stream()
        .map(Payments::payment)
        .toList();
  }

  private static Map<UUID, Payment> byId(List<Row> rows) {
    Map<UUID, Payment> found = new HashMap<>();
    for (Row row : rows) {
      Payment payment = payment(row);
      found.put(payment.paymentId(), payment);
    }
    return found;
  }

  private static Payment payment(Row row) {
    return new Payment(
        row.uuid("payment_id"),
        row.maybeText("order_id").map(UUID::fromString),
        row.whole("member_id"),
        row.choice("method", Method.class),
        new Money(row.whole("amount"), row.text("currency")),
        row.text("token"),
        row.instant("deadline"),
        row.instant("created_at"),
        StoredState.of(row));
  }
}
