package jangteo.payment.events;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.BatchHandler;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.events.Record;
import jangteo.payment.domain.IntentBook;
import jangteo.payment.store.Intents;
import jangteo.payment.store.Payments;
import jangteo.payment.work.Workers;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes down what orders ask of payment, a poll in one transaction, and does nothing else: what
 * takes time is the workers' (design, section 7).
 *
 * <p>A step is written once per payment; when it is asked for again and done, its recorded answer
 * is sent again. An order that comes after its deadline is answered here, so that a backlog drains
 * at full speed.
 */
public final class OrdersConsumer implements BatchHandler {

  private final Database database;
  private final Payments payments;
  private final Intents intents;
  private final Outbox outbox;
  private final Workers workers;
  private final Clock clock;
  private final Ids ids;

  /** Wires it. */
  public OrdersConsumer(
      Database database,
      Payments payments,
      Intents intents,
      Outbox outbox,
      Workers workers,
      Clock clock,
      Ids ids) {
    this.database = database;
    this.payments = payments;
    this.intents = intents;
    this.outbox = outbox;
    this.workers = workers;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public void handle(List<Record> records) {
    Instant now = clock.instant();
    List<Demand> demands =
        records.stream().flatMap(record -> Demand.read(record, now).stream()).toList();
    if (!demands.isEmpty()) {
      database.transact(tx -> write(tx, demands, now));
    }
  }

  private void write(Transaction tx, List<Demand> demands, Instant now) {
    Set<UUID> paymentIds =
        demands.stream()
            .map(demand -> demand.payment().paymentId())
            .collect(Collectors.toUnmodifiableSet());
    IntentBook book =
        new IntentBook(
            payments.lock(tx, paymentIds).keySet(), intents.of(tx, paymentIds), ids::next, now);
    List<Event> answers = new ArrayList<>();
    for (Demand demand : demands) {
      book.take(demand.payment(), demand.step(), demand.traceparent())
          .ifPresent(done -> answers.add(PaymentEvents.answer(demand.payment(), done, now)));
    }
    payments.add(tx, book.newPayments());
    intents.add(tx, book.newIntents(), now);
    outbox.add(tx, answers.toArray(Event[]::new));
    tx.afterCommit(workers::nudge);
  }
}
