package jangteo.payment.work;

import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Outbox;
import jangteo.payment.domain.Conclusion;
import jangteo.payment.domain.Intent;
import jangteo.payment.domain.JournalEntry;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentRules;
import jangteo.payment.domain.Plan;
import jangteo.payment.domain.Step;
import jangteo.payment.domain.Task;
import jangteo.payment.domain.Wallet;
import jangteo.payment.events.PaymentEvents;
import jangteo.payment.store.Intents;
import jangteo.payment.store.Ledger;
import jangteo.payment.store.Payments;
import jangteo.payment.store.Wallets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what jobs came to, many in one transaction: the payment, the intent, the money in wallet
 * and ledger, and the answer to the saga.
 */
public final class Settling {

  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** What a step came to, to be written together with those of the batch's other jobs. */
  private record Concluded(
      Intent intent, Payment payment, Optional<JournalEntry> entry, Optional<Event> answer) {}

  private final Payments payments;
  private final Intents intents;
  private final Wallets wallets;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Clock clock;

  /** Wires it. */
  public Settling(
      Payments payments,
      Intents intents,
      Wallets wallets,
      Ledger ledger,
      Outbox outbox,
      Clock clock) {
    this.payments = payments;
    this.intents = intents;
    this.wallets = wallets;
    this.ledger = ledger;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Settles the jobs that nobody else has settled meanwhile. */
  void settle(Transaction tx, List<Job> jobs) {
    Instant now = clock.instant();
    Set<UUID> paymentIds =
        jobs.stream().map(job -> job.intent().paymentId()).collect(Collectors.toSet());
    Map<UUID, Payment> locked = new HashMap<>(payments.lock(tx, paymentIds));
    Map<Long, Intent> open = new HashMap<>();
    intents
        .lockOpen(tx, jobs.stream().map(job -> job.intent().intentId()).toList())
        .forEach(intent -> open.put(intent.intentId(), intent));
    Set<UUID> ending = intents.ending(tx, paymentIds);
    List<Concluded> concluded = new ArrayList<>();
    for (Job job : jobs) {
      Optional<Intent> intent = Optional.ofNullable(open.remove(job.intent().intentId()));
      Optional<Payment> payment = Optional.ofNullable(locked.get(job.intent().paymentId()));
      if (intent.isPresent() && payment.isPresent()) {
        boolean orderOver = ending.contains(job.intent().paymentId());
        settle(tx, intent.get(), payment.get(), job, orderOver, now)
            .ifPresent(
                done -> {
                  concluded.add(done);
                  locked.put(done.payment().paymentId(), done.payment());
                });
      }
    }
    write(tx, concluded, now);
  }

  private void write(Transaction tx, List<Concluded> concluded, Instant now) {
    ledger.add(tx, concluded.stream().flatMap(done -> done.entry().stream()).toList(), now);
    payments.update(tx, concluded.stream().map(Concluded::payment).toList(), now);
    intents.conclude(tx, concluded.stream().map(Concluded::intent).toList(), now);
    outbox.add(
        tx, concluded.stream().flatMap(done -> done.answer().stream()).toArray(Event[]::new));
  }

  private Optional<Concluded> settle(
      Transaction tx, Intent intent, Payment payment, Job job, boolean orderOver, Instant now) {
    int before = job.intent().attempts();
    Optional<Conclusion> conclusion =
        job.answer().isPresent()
            ? PaymentRules.answered(
                payment, intent.task(), job.answer().get(), before + 1, orderOver)
            : withoutProvider(tx, intent, payment, orderOver, now);
    if (conclusion.isEmpty()) {
      Duration pause = pause(before);
      LOG.warn("{} of payment {} is tried again in {}", intent.step(), payment, pause);
      intents.postpone(tx, intent.intentId(), now.plus(pause));
      return Optional.empty();
    }
    return Optional.of(conclude(tx, intent, payment, conclusion.get(), now));
  }

  // By the attempts of the locked intent: when the lease ran out meanwhile, somebody else has begun
  // the step, and the provider may know of it.
  private Optional<Conclusion> withoutProvider(
      Transaction tx, Intent intent, Payment payment, boolean orderOver, Instant now) {
    Plan plan = PaymentRules.plan(payment, intent.task(), intent.attempts() - 1, orderOver, now);
    return switch (plan) {
      case Plan.Conclude(Conclusion known) -> Optional.of(known);
      case Plan.Move move -> Optional.of(move(tx, payment, intent.task(), move));
      case Plan.Ask _ -> Optional.empty();
    };
  }

  private Conclusion move(Transaction tx, Payment payment, Task task, Plan.Move move) {
    Wallet wallet = wallets.lock(tx, payment.memberId(), payment.amount().currency());
    Optional<Wallet> after = wallet.after(move.move(), move.amount().amount());
    after.ifPresent(changed -> wallets.update(tx, changed));
    return PaymentRules.moved(payment, task, move.move(), after.isPresent());
  }

  private Concluded conclude(
      Transaction tx, Intent intent, Payment payment, Conclusion conclusion, Instant now) {
    if (intent.step() == Step.DEPOSITING && conclusion.entry().isPresent()) {
      Wallet wallet = wallets.lock(tx, payment.memberId(), payment.amount().currency());
      wallets.update(tx, wallet.deposit(payment.amount().amount()));
    }
    Intent done =
        intent
            .done(conclusion.outcome(), conclusion.reason())
            .about(conclusion.amount().orElse(intent.task().amount()));
    boolean heard = payment.orderId().isPresent() && conclusion.concernsOrder(intent.step());
    return new Concluded(
        done,
        payment.in(conclusion.state()),
        conclusion.entry(),
        heard ? Optional.of(PaymentEvents.answer(payment, done, now)) : Optional.empty());
  }

  private static Duration pause(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
