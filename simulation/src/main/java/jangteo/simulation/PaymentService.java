package jangteo.simulation;

import static jangteo.simulation.Scheduler.MILLI;

import jangteo.order.domain.Order;
import jangteo.order.domain.PaymentMethod;
import jangteo.order.saga.SagaEvent;
import jangteo.payment.domain.Intent;
import jangteo.payment.domain.IntentBook;
import jangteo.payment.domain.Method;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Outcome;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentIds;
import jangteo.payment.domain.PaymentState;
import jangteo.payment.domain.Refund;
import jangteo.payment.domain.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Payment around its real rules: the consumer only writes intents, a batch in one transaction;
 * {@link PaymentWorkers} carry them out; answers leave through an outbox whose relay may send what
 * it has sent before.
 */
final class PaymentService extends Participant {
  private static final int RELAY_ROWS = 4;
  private static final long REMIND_AFTER = 30 * Scheduler.SECOND;

  private record Demand(Payment payment, Step step) {}

  private final PaymentTables tables = new PaymentTables();
  private final PaymentWorkers workers;
  private boolean relaying;
  private long counted;

  PaymentService(World world) {
    super("payment", world);
    this.workers = new PaymentWorkers(world, this, tables);
  }

  PaymentTables tables() {
    return tables;
  }

  @Override
  void started(Instance self) {
    workers.begin(self);
    awake(self);
  }

  @Override
  void awake(Instance self) {
    workers.wake(self);
    nudgeRelay();
  }

  @Override
  void ending(Instance self) {
    if (world.chance().oneIn(3)) {
      workers.giveBack(self);
    }
  }

  @Override
  void handle(Instance self, List<OrderRecord> batch, Runnable done) {
    Instant now = clock(self);
    List<Demand> demands = batch.stream().flatMap(record -> demand(record, now).stream()).toList();
    if (demands.isEmpty()) {
      done.run();
      return;
    }
    self.life.later(smallDelay(), () -> write(self, demands, done));
  }

  private void write(Instance self, List<Demand> demands, Runnable done) {
    if (world.chance().oneIn(world.weather().failures())) { // the database is away
      self.life.later(world.weather().delay(world.chance()), () -> write(self, demands, done));
      return;
    }
    Instant now = clock(self);
    List<UUID> paymentIds =
        demands.stream().map(demand -> demand.payment().paymentId()).distinct().toList();
    List<Intent> stored =
        paymentIds.stream()
            .flatMap(id -> tables.intents(id).stream())
            .map(row -> row.intent)
            .toList();
    IntentBook book = new IntentBook(tables.known(paymentIds), stored, () -> nextId(self), now);
    for (Demand demand : demands) {
      UUID orderId = demand.payment().orderId().orElseThrow();
      world.trace().happened(self.name, orderId, demand.step());
      book.take(demand.payment(), demand.step(), Optional.empty())
          .ifPresent(
              answer ->
                  tables
                      .outbox()
                      .add(
                          new PaymentTables.Reply(
                              orderId, answer.outcome().orElseThrow(), answer.reason())));
    }
    tables.write(book, Scheduler.micros(now));
    instances().forEach(workers::wake);
    nudgeRelay();
    done.run();
    mayStop(self);
  }

  /** As {@code Ids} makes them: the time of the instance's clock, the instance, a count. */
  private long nextId(Instance self) {
    long millis = Scheduler.micros(clock(self)) / MILLI + 1_000_000;
    return (millis << 22) | ((long) self.number << 12) | (counted++ & 0xfff);
  }

  /** Sends the lowest rows of the outbox and deletes them; dies in between now and then. */
  void nudgeRelay() {
    if (!relaying && !tables.outbox().isEmpty()) {
      relaying = true;
      world.scheduler().after(world.weather().delay(world.chance()), this::relay);
    }
  }

  private void relay() {
    relaying = false;
    if (instances().stream().noneMatch(i -> i.up() && !i.life.frozen())) {
      return; // one that starts or wakes nudges it again
    }
    List<PaymentTables.Reply> rows = tables.outbox().stream().limit(RELAY_ROWS).toList();
    rows.forEach(row -> world.payments().append(row.orderId(), event(row)));
    if (!world.chance().oneIn(world.weather().failures())) {
      rows.forEach(row -> tables.outbox().removeFirst());
    }
    nudgeRelay();
  }

  /** Money still held 30 s after the deadline is announced again, and again. */
  void remindLater(Payment payment) {
    if (payment.held()) {
      long due = Scheduler.micros(payment.deadline()) + REMIND_AFTER - world.scheduler().now();
      world.scheduler().after(Math.max(due, MILLI), () -> remind(payment.paymentId()));
    }
  }

  private void remind(UUID paymentId) {
    Payment payment = tables.payment(paymentId).orElseThrow();
    if (!payment.held()) {
      return;
    }
    boolean idle =
        tables.next(paymentId).isEmpty()
            && instances().stream().anyMatch(i -> i.up() && !i.life.frozen());
    if (idle) {
      Outcome recorded = tables.outcome(paymentId, Step.AUTHORIZING).orElseThrow();
      tables.outbox().add(new PaymentTables.Reply(payment.orderId().orElseThrow(), recorded, ""));
      nudgeRelay();
    }
    world.scheduler().after(idle ? REMIND_AFTER : Scheduler.SECOND, () -> remind(paymentId));
  }

  /** An admin gives back a part of what an order has paid, or tries to. */
  void refundByHand(Order order) {
    Instance self = world.chance().pick(instances());
    UUID paymentId = PaymentIds.ofOrder(order.orderId());
    Money part =
        new Money(
            world.chance().between(1, order.purchase().total().amount()),
            order.purchase().total().currency());
    Instant now = clock(self);
    Refund wanted =
        new Refund(
            PaymentIds.ofRefund(paymentId, 1, "refund " + counted),
            paymentId,
            part,
            "broken",
            1,
            now,
            Optional.empty());
    tables.promise(wanted, nextId(self), Scheduler.micros(now));
    world.trace().happened("admin", order.orderId(), wanted);
    instances().forEach(workers::wake);
  }

  private static SagaEvent event(PaymentTables.Reply reply) {
    return switch (reply.outcome()) {
      case ACCEPTED -> new SagaEvent.PaymentAccepted();
      case REJECTED -> new SagaEvent.PaymentRejected(reply.reason());
      case EXPIRED -> new SagaEvent.PaymentExpired();
      case CAPTURED -> new SagaEvent.PaymentCaptured();
      case CAPTURE_FAILED -> new SagaEvent.CaptureFailed(reply.reason());
      case VOIDED -> new SagaEvent.PaymentVoided();
      case REFUNDED -> new SagaEvent.PaymentRefunded(reply.part().map(UUID::toString).orElse(""));
    };
  }

  private static Optional<Demand> demand(OrderRecord record, Instant now) {
    return record
        .order()
        .flatMap(order -> step(order).map(step -> new Demand(payment(order, now), step)));
  }

  /** As {@code Demand} reads a status. */
  private static Optional<Step> step(Order order) {
    return switch (order.status()) {
      case PLACED -> Optional.of(Step.AUTHORIZING);
      case CONFIRMED -> Optional.of(Step.CAPTURING);
      case REJECTED, CANCELLED -> Optional.of(Step.VOIDING);
      case RETURNED -> Optional.of(Step.REFUNDING);
      case SHIPPED, DELIVERED -> Optional.empty();
    };
  }

  private static Payment payment(Order order, Instant now) {
    return new Payment(
        PaymentIds.ofOrder(order.orderId()),
        Optional.of(order.orderId()),
        order.purchase().buyerId(),
        order.purchase().payment().method() == PaymentMethod.WALLET ? Method.WALLET : Method.CARD,
        new Money(order.purchase().total().amount(), order.purchase().total().currency()),
        order.purchase().payment().token(),
        order.deadline(),
        now,
        new PaymentState.Requested());
  }

  /** Whether an answer of this kind was recorded for the order. */
  boolean answered(UUID orderId, Step step, Outcome outcome) {
    return tables.outcome(PaymentIds.ofOrder(orderId), step).equals(Optional.of(outcome));
  }
}
