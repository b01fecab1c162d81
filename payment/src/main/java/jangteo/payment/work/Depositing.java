package jangteo.payment.work;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Database;
import jangteo.chassis.telemetry.Traces;
import jangteo.payment.domain.Method;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentIds;
import jangteo.payment.domain.PaymentState;
import jangteo.payment.domain.Step;
import jangteo.payment.store.Intent;
import jangteo.payment.store.Intents;
import jangteo.payment.store.Payments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Deposits into wallets. The member and its idempotency key name the deposit, for ever: a repeat is
 * the same deposit, whatever became of the first request.
 */
public final class Depositing {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Database database;
  private final Payments payments;
  private final Intents intents;
  private final Workers workers;
  private final Duration patience;
  private final Clock clock;
  private final Ids ids;
  private final Map<UUID, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();

  /**
   * Wires it.
   *
   * @param patience how long a request waits for the provider
   */
  public Depositing(
      Database database,
      Payments payments,
      Intents intents,
      Workers workers,
      Settler settler,
      Duration patience,
      Clock clock,
      Ids ids) {
    this.database = database;
    this.payments = payments;
    this.intents = intents;
    this.workers = workers;
    this.patience = patience;
    this.clock = clock;
    this.ids = ids;
    settler.whenSettled(
        job ->
            Optional.ofNullable(waiting.get(job.intent().paymentId()))
                .ifPresent(future -> future.complete(true)));
  }

  /**
   * Deposits, or finds out what became of the same deposit.
   *
   * @return the deposit as it stands when it is decided, or when the patience is at its end; it may
   *     be another one than was asked for, when the key was used before
   */
  public Payment deposit(long memberId, String idempotencyKey, Money amount, String token) {
    UUID paymentId = PaymentIds.ofDeposit(memberId, idempotencyKey);
    CompletableFuture<Boolean> settled =
        waiting.computeIfAbsent(paymentId, _ -> new CompletableFuture<>());
    try {
      Instant end = clock.instant().plus(patience);
      Payment payment = begin(paymentId, memberId, amount, token);
      while (payment.state() instanceof PaymentState.Requested && clock.instant().isBefore(end)) {
        await(settled);
        payment = database.read(sql -> present(payments.find(sql, List.of(paymentId)), paymentId));
      }
      return payment;
    } finally {
      waiting.remove(paymentId);
    }
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
                Intent.open(ids.next(), paymentId, Step.DEPOSITING, Traces.traceparent());
            intents.add(tx, List.of(intent), now);
            tx.afterCommit(workers::nudge);
          }
          return payment;
        });
  }

  private static Payment present(Map<UUID, Payment> found, UUID paymentId) {
    return Optional.ofNullable(found.get(paymentId)).orElseThrow();
  }

  private static void await(CompletableFuture<Boolean> settled) {
    try {
      settled.get(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException lookAgain) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
