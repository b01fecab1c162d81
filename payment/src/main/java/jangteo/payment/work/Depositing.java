package jangteo.payment.work;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Database;
import jangteo.chassis.telemetry.Traces;
import jangteo.payment.domain.Intent;
import jangteo.payment.domain.Method;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentIds;
import jangteo.payment.domain.PaymentState;
import jangteo.payment.domain.Step;
import jangteo.payment.domain.Task;
import jangteo.payment.store.Intents;
import jangteo.payment.store.Payments;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Deposits into wallets. The member and its idempotency key name the deposit, for ever: a repeat is
 * the same deposit, whatever became of the first request.
 */
public final class Depositing {

  private final Database database;
  private final Payments payments;
  private final Intents intents;
  private final Workers workers;
  private final Settlements settlements;
  private final Clock clock;
  private final Ids ids;

  /** Wires it. */
  public Depositing(
      Database database,
      Payments payments,
      Intents intents,
      Workers workers,
      Settlements settlements,
      Clock clock,
      Ids ids) {
    this.database = database;
    this.payments = payments;
    this.intents = intents;
    this.workers = workers;
    this.settlements = settlements;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Deposits, or finds out what became of the same deposit.
   *
   * @return the deposit as it stands when it is decided, or when the patience is at its end; it may
   *     be another one than was asked for, when the key was used before
   */
  public Payment deposit(long memberId, String idempotencyKey, Money amount, String token) {
    UUID paymentId = PaymentIds.ofDeposit(memberId, idempotencyKey);
    Payment begun = begin(paymentId, memberId, amount, token);
    return begun.state() instanceof PaymentState.Requested
        ? settlements.await(
            paymentId,
            () -> database.read(sql -> present(payments.find(sql, List.of(paymentId)), paymentId)),
            payment -> !(payment.state() instanceof PaymentState.Requested))
        : begun;
  }

  private Payment begin(UUID paymentId, long memberId, Money amount, String token) {
    return database.inTransaction(
        tx -> {
          Instant now = clock.instant();
          Payment fresh =
              new Payment(
                  paymentId,
                  Optional.empty(),
                  memberId,
                  Method.CARD,
                  amount,
                  token,
                  now,
                  now,
                  new PaymentState.Requested());
          payments.add(tx, List.of(fresh));
          Payment payment = present(payments.lock(tx, List.of(paymentId)), paymentId);
          if (intents.of(tx, List.of(paymentId)).isEmpty()) {
            Intent intent =
                Intent.open(
                    ids.next(), paymentId, Task.of(Step.DEPOSITING, payment), Traces.traceparent());
            intents.add(tx, List.of(intent), now);
            tx.afterCommit(workers::nudge);
          }
          return payment;
        });
  }

  private static Payment present(Map<UUID, Payment> found, UUID paymentId) {
    return Optional.ofNullable(found.get(paymentId)).orElseThrow();
  }
}
