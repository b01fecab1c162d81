package jangteo.payment.store;

import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.payment.domain.Intent;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Outcome;
import jangteo.payment.domain.Step;
import jangteo.payment.domain.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The table {@code intents}: written by the consumer, carried out by the workers.
 *
 * <p>Claims go by the database's clock: instances whose clocks are seconds apart would else take
 * each other's.
 */
public final class Intents {

  // Not by their ids: these hold the time of whoever wrote them, and clocks differ.
  private static final String ORDER =
      Arrays.stream(Step.values()).map(step -> "'" + step + "'").collect(Collectors.joining(", "));

  private static final Instant UNCLAIMED = Instant.EPOCH;

  /** Stores new intents, open or done. */
  public void add(Transaction tx, Collection<Intent> intents, Instant now) {
    if (intents.isEmpty()) {
      return;
    }
    List<Object> args = new ArrayList<>();
    for (Intent intent : intents) {
      Collections.addAll(
          args,
          intent.intentId(),
          intent.paymentId(),
          intent.step(),
          intent.task().refundId().map(UUID::toString).orElse(""),
          intent.task().amount().amount(),
          intent.task().amount().currency(),
          intent.outcome().isEmpty(),
          intent.outcome(),
          intent.reason(),
          now,
          UNCLAIMED,
          intent.traceparent(),
          now,
          intent.outcome().map(_ -> now));
    }
    tx.execute(
        """
        INSERT INTO intents (intent_id, payment_id, step, refund_id, amount, currency, open, outcome,
                             reason, due_at, claimed_until, traceparent, created_at, done_at)
        VALUES\s"""
            + Placeholders.rows(intents.size(), 14),
        args.toArray());
  }

  /** All intents of these payments. */
  public List<Intent> of(Sql sql, Collection<UUID> paymentIds) {
    return paymentIds.isEmpty()
        ? List.of()
        : intents(
            sql.all(
                "SELECT * FROM intents WHERE payment_id IN " + Placeholders.list(paymentIds.size()),
                paymentIds.toArray()));
  }

  /**
   * Takes open intents that are due, at most one of each payment: the first in the order of {@link
   * Step}, the oldest among refunds by hand; they are this worker's until the lease ends.
   */
  public List<Intent> claim(Transaction tx, int most, Duration lease, Instant now) {
    List<Intent> claimed =
        intents(
            tx.all(
                """
                SELECT i.* FROM intents i
                WHERE i.open = TRUE AND i.due_at <= ? AND i.claimed_until <= UTC_TIMESTAMP(6)
                  AND NOT EXISTS (
                    SELECT 1 FROM intents earlier
                    WHERE earlier.payment_id = i.payment_id AND earlier.open = TRUE
                      AND (FIELD(earlier.step, %1$s) < FIELD(i.step, %1$s)
                        OR (earlier.step = i.step AND earlier.intent_id < i.intent_id)))
                ORDER BY i.due_at LIMIT ? FOR UPDATE SKIP LOCKED
                """
                    .formatted(ORDER),
                now,
                most));
    if (!claimed.isEmpty()) {
      List<Object> args = new ArrayList<>();
      args.add(lease.toNanos() / 1_000);
      claimed.forEach(intent -> args.add(intent.intentId()));
      tx.execute(
          """
          UPDATE intents SET attempts = attempts + 1,
            claimed_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND
          WHERE intent_id IN\s"""
              + Placeholders.list(claimed.size()),
          args.toArray());
    }
    return claimed;
  }

  /** These intents stay this worker's for another lease. */
  public void renew(Transaction tx, Collection<Long> intentIds, Duration lease) {
    claimFor(tx, intentIds, lease);
  }

  /** Those of these intents that are still open, locked in their order. */
  public List<Intent> lockOpen(Transaction tx, Collection<Long> intentIds) {
    return intents(
        tx.all(
            "SELECT * FROM intents WHERE open = TRUE AND intent_id IN "
                + Placeholders.list(intentIds.size())
                + " ORDER BY intent_id FOR UPDATE",
            intentIds.toArray()));
  }

  /** Writes what came of these intents, all in one statement. */
  public void conclude(Transaction tx, Collection<Intent> done, Instant now) {
    if (done.isEmpty()) {
      return;
    }
    List<Object> args = new ArrayList<>();
    for (Intent intent : done) {
      Collections.addAll(
          args,
          intent.intentId(),
          intent.outcome(),
          intent.reason(),
          intent.task().amount().amount());
    }
    args.add(now);
    tx.execute(
        """
        UPDATE (%s) done
          STRAIGHT_JOIN intents FORCE INDEX (PRIMARY) ON intents.intent_id = done.intent_id
        SET intents.open = FALSE, intents.outcome = done.outcome, intents.reason = done.reason,
          intents.amount = done.amount, intents.done_at = ?
        """
            .formatted(Placeholders.table(done.size(), "intent_id", "outcome", "reason", "amount")),
        args.toArray());
  }

  /** Gives an intent back after an attempt whose outcome is not known. */
  public void postpone(Transaction tx, long intentId, Instant due) {
    tx.execute(
        """
        UPDATE intents SET due_at = ?, claimed_until = ?
        WHERE intent_id = ? AND open = TRUE
        """,
        due,
        UNCLAIMED,
        intentId);
  }

  /** Gives up claims, so that another worker need not wait for the lease. */
  public void release(Transaction tx, Collection<Long> intentIds) {
    claimFor(tx, intentIds, Duration.ZERO);
  }

  private static void claimFor(Transaction tx, Collection<Long> intentIds, Duration time) {
    List<Object> args = new ArrayList<>();
    args.add(time.toNanos() / 1_000);
    args.addAll(intentIds);
    tx.execute(
        """
        UPDATE intents SET claimed_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND
        WHERE open = TRUE AND intent_id IN\s"""
            + Placeholders.list(intentIds.size()),
        args.toArray());
  }

  /** Those of these payments for which a step that ends the order waits. */
  public Set<UUID> ending(Sql sql, Collection<UUID> paymentIds) {
    return of(sql, paymentIds).stream()
        .filter(intent -> intent.outcome().isEmpty() && intent.step().endsOrder())
        .map(Intent::paymentId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Intent> intents(List<Row> rows) {
    return rows.stream().map(Intents::intent).toList();
  }

  private static Intent intent(Row row) {
    return new Intent(
        row.whole("intent_id"),
        row.uuid("payment_id"),
        new Task(
            row.choice("step", Step.class),
            row.maybeText("refund_id").filter(id -> !id.isEmpty()).map(UUID::fromString),
            new Money(row.whole("amount"), row.text("currency"))),
        row.maybeText("outcome").map(Outcome::valueOf),
        row.text("reason"),
        (int) row.whole("attempts"),
        row.maybeText("traceparent"));
  }
}
