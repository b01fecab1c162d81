package jangteo.payment.events;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.BatchHandler;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.events.Record;
import jangteo.payment.domain.Outcome;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentRules;
import jangteo.payment.domain.PaymentState;
import jangteo.payment.domain.Step;
import jangteo.payment.domain.Task;
import jangteo.payment.store.Intent;
import jangteo.payment.store.Intents;
import jangteo.payment.store.Payments;
import jangteo.payment.work.Workers;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private record Key(UUID paymentId, Step step) {}

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
    Map<Key, Demand> demands = new LinkedHashMap<>();
    for (Record record : records) {
      Demand.read(record, now)
          .ifPresent(
              demand ->
                  demands.putIfAbsent(
                      new Key(demand.payment().paymentId(), demand.step()), demand));
    }
    if (!demands.isEmpty()) {
      database.transact(tx -> write(tx, demands, now));
    }
  }

  private void write(Transaction tx, Map<Key, Demand> demands, Instant now) {
    Set<UUID> paymentIds =
        demands.keySet().stream().map(Key::paymentId).collect(Collectors.toSet());
    Map<UUID, Payment> known = payments.lock(tx, paymentIds);
    Map<Key, Intent> present = new HashMap<>();
    intents.of(tx, paymentIds).forEach(i -> present.put(new Key(i.paymentId(), i.step()), i));
    Map<UUID, Payment> freshPayments = new LinkedHashMap<>();
    List<Intent> freshIntents = new ArrayList<>();
    demands.forEach(
        (key, demand) -> {
          Optional<Intent> before = Optional.ofNullable(present.get(key));
          if (before.isPresent()) {
            before
                .filter(done -> done.outcome().isPresent())
                .ifPresent(done -> PaymentEvents.say(outbox, tx, demand.payment(), done, now));
            return;
          }
          Intent intent =
              Intent.open(
                  ids.next(),
                  key.paymentId(),
                  Task.of(key.step(), demand.payment()),
                  demand.traceparent());
          if (known.containsKey(key.paymentId()) || freshPayments.containsKey(key.paymentId())) {
            freshIntents.add(intent);
          } else if (isLate(demand, now)) {
            freshPayments.put(key.paymentId(), demand.payment().in(new PaymentState.Expired()));
            Intent expired = intent.done(Outcome.EXPIRED, "");
            freshIntents.add(expired);
            PaymentEvents.say(outbox, tx, demand.payment(), expired, now);
          } else {
            freshPayments.put(key.paymentId(), demand.payment());
            freshIntents.add(intent);
          }
        });
    payments.add(tx, freshPayments.values());
    intents.add(tx, freshIntents, now);
    tx.afterCommit(workers::nudge);
  }

  private static boolean isLate(Demand demand, Instant now) {
    return demand.step() == Step.AUTHORIZING
        && PaymentRules.tooLate(demand.payment().deadline(), now);
  }
}
