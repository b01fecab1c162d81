package jangteo.payment.work;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.telemetry.Traces;
import jangteo.payment.domain.GivingBack;
import jangteo.payment.domain.Intent;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentIds;
import jangteo.payment.domain.Refund;
import jangteo.payment.domain.RefundRefusal;
import jangteo.payment.store.Intents;
import jangteo.payment.store.Payments;
import jangteo.payment.store.Refunds;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Refunds by hand. Each is promised in one transaction, under the lock of its payment, and then
 * carried out like every other step; the admin and its idempotency key name it, for ever.
 */
public final class Refunding {

  /** What a request for a refund comes to. */
  public sealed interface Answer {

    /** It is made, or under way; it may be another one, when the key was used before. */
    record Promised(Refund refund, Payment payment) implements Answer {}

    /** It is not made. */
    record Refused(RefundRefusal why) implements Answer {}
  }

  private final Database database;
  private final Payments payments;
  private final Intents intents;
  private final Refunds refunds;
  private final Workers workers;
  private final Settlements settlements;
  private final Clock clock;
  private final Ids ids;

  /** Wires it. */
  public Refunding(
      Database database,
      Payments payments,
      Intents intents,
      Refunds refunds,
      Workers workers,
      Settlements settlements,
      Clock clock,
      Ids ids) {
    this.database = database;
    this.payments = payments;
    this.intents = intents;
    this.refunds = refunds;
    this.workers = workers;
    this.settlements = settlements;
    this.clock = clock;
    this.ids = ids;
  }

  /** Gives back so much of a payment, or finds out what became of the same refund. */
  public Answer refund(
      UUID paymentId, long adminId, String idempotencyKey, Money amount, String reason) {
    Refund wanted =
        new Refund(
            PaymentIds.ofRefund(paymentId, adminId, idempotencyKey),
            paymentId,
            amount,
            reason,
            adminId,
            clock.instant(),
            Optional.empty());
    return switch (database.inTransaction(tx -> promise(tx, wanted))) {
      case Answer.Refused refused -> refused;
      case Answer.Promised promised ->
          settlements.await(
              paymentId,
              () -> database.read(sql -> look(sql, promised)),
              answer -> answer.refund().outcome().isPresent());
    };
  }

  private Answer promise(Transaction tx, Refund wanted) {
    Set<UUID> paymentId = Set.of(wanted.paymentId());
    Optional<Payment> found =
        payments.lock(tx, paymentId).values().stream()
            .filter(payment -> payment.orderId().isPresent())
            .findFirst();
    if (found.isEmpty()) {
      return new Answer.Refused(RefundRefusal.UNKNOWN_PAYMENT);
    }
    Payment payment = found.get();
    List<Refund> others = refunds.of(tx, wanted.paymentId());
    Optional<Refund> before =
        others.stream().filter(refund -> refund.refundId().equals(wanted.refundId())).findFirst();
    if (before.isPresent()) {
      return new Answer.Promised(before.get(), payment);
    }
    boolean orderOver = !intents.ending(tx, paymentId).isEmpty();
    Optional<RefundRefusal> refusal = GivingBack.refusal(payment, wanted, others, orderOver);
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    Instant now = wanted.createdAt();
    refunds.add(tx, wanted);
    Intent intent =
        Intent.open(ids.next(), wanted.paymentId(), wanted.task(), Traces.traceparent());
    intents.add(tx, List.of(intent), now);
    tx.afterCommit(workers::nudge);
    return new Answer.Promised(wanted, payment);
  }

  private Answer.Promised look(Sql sql, Answer.Promised promised) {
    Refund refund =
        refunds.of(sql, promised.payment().paymentId()).stream()
            .filter(one -> one.refundId().equals(promised.refund().refundId()))
            .findFirst()
            .orElseThrow();
    return new Answer.Promised(refund, promised.payment());
  }
}
