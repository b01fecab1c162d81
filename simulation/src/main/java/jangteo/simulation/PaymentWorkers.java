package jangteo.simulation;

import static jangteo.simulation.Scheduler.MILLI;
import static jangteo.simulation.Scheduler.SECOND;

import jangteo.payment.domain.Conclusion;
import jangteo.payment.domain.Intent;
import jangteo.payment.domain.Outcome;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentRules;
import jangteo.payment.domain.Plan;
import jangteo.payment.domain.ProviderAnswer;
import jangteo.payment.domain.Step;
import jangteo.payment.domain.Task;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Payment's workers around its real rules: claim an open intent and renew its lease, ask the
 * provider outside any transaction, settle what came of it under the payment's lock, once.
 */
final class PaymentWorkers {
  private static final long LEASE = 4 * SECOND;
  private static final long FIRST_PAUSE = 100 * MILLI;
  private static final long LONGEST_PAUSE = 30 * SECOND;

  private record Job(
      PaymentTables.Row row, Intent intent, Payment payment, Optional<ProviderAnswer> answer) {}

  private final World world;
  private final PaymentService service;
  private final PaymentTables tables;
  private final List<Set<Long>> inFlight = List.of(new HashSet<>(), new HashSet<>());
  private final boolean[] claiming = new boolean[2];

  PaymentWorkers(World world, PaymentService service, PaymentTables tables) {
    this.world = world;
    this.service = service;
    this.tables = tables;
  }

  void begin(Participant.Instance self) {
    inFlight.get(self.number).clear();
    claiming[self.number] = false;
  }

  /** An instance that stops by itself gives up its claims; calls may still be under way. */
  void giveBack(Participant.Instance self) {
    Set<Long> mine = inFlight.get(self.number);
    tables.withIntents().stream()
        .flatMap(payment -> tables.intents(payment).stream())
        .filter(row -> row.open() && mine.contains(row.intent.intentId()))
        .forEach(row -> row.claimedUntil = reading(self));
  }

  void wake(Participant.Instance self) {
    if (self.up() && !claiming[self.number]) {
      claiming[self.number] = true;
      self.life.later(world.chance().between(50, 50 * MILLI), () -> claim(self));
    }
  }

  private void claim(Participant.Instance self) {
    claiming[self.number] = false;
    long now = reading(self);
    long later = Long.MAX_VALUE;
    for (UUID paymentId : tables.withIntents()) {
      PaymentTables.Row row = tables.next(paymentId).orElse(null);
      if (row == null) {
        continue;
      }
      long from = Math.max(row.dueAt, row.claimedUntil);
      if (from > now) {
        later = Math.min(later, from);
        continue;
      }
      Intent before = row.intent;
      row.intent = begun(before);
      row.claimedUntil = now + LEASE;
      if (inFlight.get(self.number).add(before.intentId())) {
        Payment payment = tables.payment(paymentId).orElseThrow();
        self.life.later(LEASE / 2, () -> renew(self, row));
        carryOut(self, new Job(row, before, payment, Optional.empty()));
      }
      later = Math.min(later, row.claimedUntil);
    }
    if (later != Long.MAX_VALUE) {
      self.life.later(later - now, () -> wake(self));
    }
    mayStop(self);
  }

  /** A worker that lives says that it is still at it. */
  private void renew(Participant.Instance self, PaymentTables.Row row) {
    if (row.open() && inFlight.get(self.number).contains(row.intent.intentId())) {
      row.claimedUntil = reading(self) + LEASE;
      self.life.later(LEASE / 2, () -> renew(self, row));
    }
  }

  private void carryOut(Participant.Instance self, Job job) {
    Intent intent = job.intent();
    Instant now = service.clock(self);
    boolean over = tables.ending(intent.paymentId());
    Plan plan = world.rules().plan(job.payment(), intent.task(), intent.attempts(), over, now);
    switch (plan) {
      case Plan.Ask(var call) -> {
        inTime(job, now);
        world.trace().happened(self.name, order(job), intent.step());
        world
            .provider()
            .ask(
                call,
                answer ->
                    self.life.later(
                        service.smallDelay(),
                        () ->
                            settle(
                                self,
                                new Job(job.row(), intent, job.payment(), Optional.of(answer)))));
      }
      case Plan.Move _, Plan.Conclude _ ->
          self.life.later(world.weather().delay(world.chance()), () -> settle(self, job));
    }
  }

  /** One transaction; whoever comes second finds the intent done. */
  private void settle(Participant.Instance self, Job job) {
    if (world.chance().oneIn(world.weather().failures())) { // the database is away
      self.life.later(world.weather().delay(world.chance()), () -> settle(self, job));
      return;
    }
    PaymentTables.Row row = job.row();
    if (row.open()) {
      Payment payment = tables.payment(row.intent.paymentId()).orElseThrow();
      Optional<Conclusion> conclusion = conclusion(self, job, row.intent, payment);
      if (conclusion.isPresent()) {
        tables.conclude(row, payment, conclusion.get());
        world.trace().happened(self.name, order(job), conclusion.get().outcome());
        onceAtMost(payment);
        service.remindLater(payment.in(conclusion.get().state()));
      } else {
        row.claimedUntil = reading(self);
        row.dueAt = reading(self) + pause(job.intent().attempts());
      }
    }
    inFlight.get(self.number).remove(job.intent().intentId());
    service.instances().forEach(this::wake);
    service.nudgeRelay();
    mayStop(self);
  }

  private Optional<Conclusion> conclusion(
      Participant.Instance self, Job job, Intent now, Payment payment) {
    Task task = now.task();
    boolean over = tables.ending(payment.paymentId());
    if (job.answer().isPresent()) {
      return world
          .rules()
          .answered(payment, task, job.answer().get(), job.intent().attempts() + 1, over);
    }
    int attempts = now.attempts() - 1; // somebody else may have begun it meanwhile
    Instant at = service.clock(self);
    return switch (world.rules().plan(payment, task, attempts, over, at)) {
      case Plan.Conclude(Conclusion known) -> Optional.of(known);
      case Plan.Move(var move, var amount) -> {
        boolean covered = tables.move(payment, move, amount.amount());
        Conclusion moved = PaymentRules.moved(payment, task, move, covered);
        if (moved.outcome() == Outcome.ACCEPTED) {
          inTime(new Job(job.row(), begun(job.intent(), 0), payment, Optional.empty()), at);
        }
        yield Optional.of(moved);
      }
      case Plan.Ask _ -> Optional.empty();
    };
  }

  private void mayStop(Participant.Instance self) {
    service.mayStop(self);
  }

  /** What the clock of an instance reads, in microseconds. */
  private long reading(Participant.Instance self) {
    return world.scheduler().now() + self.skew;
  }

  private static Intent begun(Intent intent) {
    return begun(intent, intent.attempts() + 1);
  }

  private static Intent begun(Intent intent, int attempts) {
    return new Intent(
        intent.intentId(),
        intent.paymentId(),
        intent.task(),
        intent.outcome(),
        intent.reason(),
        attempts,
        intent.traceparent());
  }

  private static void inTime(Job job, Instant now) {
    boolean first = job.intent().step() == Step.AUTHORIZING && job.intent().attempts() == 0;
    InvariantBroken.unless(
        !first || !now.isAfter(job.payment().deadline().plusSeconds(2)),
        "an order that comes too late is not worked on",
        job.payment());
  }

  private void onceAtMost(Payment payment) {
    long net = tables.netCaptured(payment.orderId().orElseThrow());
    InvariantBroken.unless(
        0 <= net && net <= payment.amount().amount(), "at most one net capture", payment);
  }

  private static UUID order(Job job) {
    return job.payment().orderId().orElseThrow();
  }

  private static long pause(int attempts) {
    return Math.min(FIRST_PAUSE << Math.min(attempts, 10), LONGEST_PAUSE);
  }
}
