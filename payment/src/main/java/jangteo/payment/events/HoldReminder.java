package jangteo.payment.events;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.Outbox;
import jangteo.payment.domain.Intent;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.Step;
import jangteo.payment.store.Intents;
import jangteo.payment.store.Payments;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Announces payments again that are held long after their order's deadline (design, section 7): the
 * saga answers with its decision, and the hold ends. No money stays held because a record was lost.
 */
public final class HoldReminder {

  private static final int AT_ONCE = 500;

  private final Database database;
  private final Payments payments;
  private final Intents intents;
  private final Outbox outbox;
  private final Clock clock;

  /** Wires it. */
  public HoldReminder(
      Database database, Payments payments, Intents intents, Outbox outbox, Clock clock) {
    this.database = database;
    this.payments = payments;
    this.intents = intents;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Announces what is due; whether more may be. */
  public boolean remind() {
    return database.readiness().ready() && database.inTransaction(this::remind) == AT_ONCE;
  }

  private int remind(Transaction tx) {
    Instant now = clock.instant();
    List<Payment> held = payments.takeHeld(tx, now, AT_ONCE);
    Map<UUID, Payment> byId =
        held.stream().collect(Collectors.toMap(Payment::paymentId, Function.identity()));
    List<Event> answers = new ArrayList<>();
    for (Intent intent : intents.of(tx, byId.keySet())) {
      Payment payment = byId.get(intent.paymentId());
      if (payment != null && intent.step() == Step.AUTHORIZING) {
        answers.add(PaymentEvents.answer(payment, intent, now));
      }
    }
    outbox.add(tx, answers.toArray(Event[]::new));
    return held.size();
  }
}
