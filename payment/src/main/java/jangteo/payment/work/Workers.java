package jangteo.payment.work;

import io.opentelemetry.api.trace.SpanKind;
import jangteo.chassis.Part;
import jangteo.chassis.data.Database;
import jangteo.chassis.telemetry.Traces;
import jangteo.payment.domain.Intent;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentRules;
import jangteo.payment.domain.Plan;
import jangteo.payment.domain.Provider;
import jangteo.payment.domain.ProviderAnswer;
import jangteo.payment.domain.ProviderCall;
import jangteo.payment.store.Intents;
import jangteo.payment.store.Payments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes open intents and carries them out (design, section 7): one at a time per payment, each call
 * of the provider on a virtual thread behind a bulkhead, never inside a transaction.
 *
 * <p>A worker that lives renews the leases of what it has in hand; what it leaves when it dies is
 * taken when the lease has run out. A worker that stood still for longer may then make a call that
 * another one makes as well: the provider's idempotency key makes that harmless, and only the first
 * of the two is settled.
 */
public final class Workers implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  /** Two seconds: before that, the database is being migrated. */
  private static final int WORTH_A_WORD = 4;

  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final int AT_ONCE = 500;
  private static final int MOST_IN_FLIGHT = 5_000;

  /**
   * How calls of the provider are bounded.
   *
   * @param concurrent at most so many at once
   * @param lease how long a claimed intent is left alone when its worker no longer says that it is
   *     at it; a call may take longer
   */
  public record Bulkhead(int concurrent, Duration lease) {}

  private record Claimed(List<Intent> intents, Map<UUID, Payment> payments, Set<UUID> ending) {}

  private final Database database;
  private final Payments payments;
  private final Intents intents;
  private final Provider provider;
  private final Settler settler;
  private final Clock clock;
  private final Semaphore calls;
  private final Duration lease;
  private final Bell bell = new Bell();
  private final Map<Long, Instant> inFlight = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofPlatform().name("payment-workers").unstarted(this::run);
  private volatile boolean stopping;

  /** Wires it. */
  public Workers(
      Database database,
      Payments payments,
      Intents intents,
      Provider provider,
      Settler settler,
      Bulkhead bulkhead,
      Clock clock) {
    this.database = database;
    this.payments = payments;
    this.intents = intents;
    this.provider = provider;
    this.settler = settler;
    this.calls = new Semaphore(bulkhead.concurrent());
    this.lease = bulkhead.lease();
    this.clock = clock;
    settler.whenSettled(
        job -> {
          inFlight.remove(job.intent().intentId());
          bell.ring();
        });
  }

  /** There is something to do. */
  public void nudge() {
    bell.ring();
  }

  @Override
  public String name() {
    return "payment-workers";
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Lets calls that are under way come to their end for a while; the rest is given back. */
  @Override
  public void stop() {
    stopping = true;
    bell.ring();
    try {
      thread.join(GRACE);
      long end = System.nanoTime() + GRACE.toNanos();
      while (!inFlight.isEmpty() && System.nanoTime() < end) {
        bell.await(POLL);
      }
      List<Long> left = List.copyOf(inFlight.keySet());
      if (!left.isEmpty()) {
        database.transact(tx -> intents.release(tx, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    int failures = 0;
    try {
      while (!stopping) {
        try {
          renew();
          boolean more = inFlight.size() < MOST_IN_FLIGHT && takeSome();
          failures = 0;
          if (!more) {
            bell.await(POLL);
          }
        } catch (RuntimeException e) {
          if (++failures == WORTH_A_WORD) {
            LOG.warn("Payments wait: {}", e.toString());
          }
          bell.await(AFTER_FAILURE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Renews what has used up half of its lease. */
  private void renew() {
    Instant now = clock.instant();
    Instant until = now.plus(lease);
    Instant soon = now.plus(lease.dividedBy(2));
    List<Long> ending = new ArrayList<>();
    inFlight.forEach(
        (intent, leasedUntil) -> {
          if (leasedUntil.isBefore(soon)) {
            ending.add(intent);
          }
        });
    if (!ending.isEmpty()) {
      database.transact(tx -> intents.renew(tx, ending, lease));
      ending.forEach(intent -> inFlight.replace(intent, until));
    }
  }

  /** Whether there may be more. */
  private boolean takeSome() {
    Instant until = clock.instant().plus(lease);
    Claimed claimed = database.inTransaction(this::claim);
    for (Intent intent : claimed.intents()) {
      Payment payment = claimed.payments().get(intent.paymentId());
      if (payment != null && inFlight.putIfAbsent(intent.intentId(), until) == null) {
        begin(intent, payment, claimed.ending().contains(payment.paymentId()));
      }
    }
    return claimed.intents().size() == AT_ONCE;
  }

  private Claimed claim(jangteo.chassis.data.Transaction tx) {
    List<Intent> taken = intents.claim(tx, AT_ONCE, lease, clock.instant());
    List<UUID> ids = taken.stream().map(Intent::paymentId).toList();
    return new Claimed(taken, payments.find(tx, ids), intents.ending(tx, ids));
  }

  private void begin(Intent intent, Payment payment, boolean orderOver) {
    Job job = new Job(intent, payment, Optional.empty());
    Plan plan =
        PaymentRules.plan(payment, intent.task(), intent.attempts(), orderOver, clock.instant());
    switch (plan) {
      case Plan.Ask(ProviderCall call) ->
          Thread.ofVirtual().name("provider-call").start(() -> settler.add(ask(job, call)));
      case Plan.Move _, Plan.Conclude _ -> settler.add(job);
    }
  }

  private Job ask(Job job, ProviderCall call) {
    calls.acquireUninterruptibly();
    try {
      ProviderAnswer answer =
          Traces.inSpan(
              "provider " + job.intent().step(),
              SpanKind.CLIENT,
              job.intent().traceparent(),
              () -> provider.carryOut(call));
      return job.answered(answer);
    } catch (RuntimeException | Error e) {
      // Whatever it was: a job that is never handed on would be leased to nobody, for ever.
      LOG.warn("{} failed", call, e);
      return job.answered(new ProviderAnswer.Unknown(e.toString()));
    } finally {
      calls.release();
    }
  }
}
