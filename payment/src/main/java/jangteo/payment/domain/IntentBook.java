package jangteo.payment.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The intents while a batch of orders is written down: it starts with the locked payments and the
 * intents stored so far, takes the batch's demands one after the other in memory, and then says
 * what is to be written.
 *
 * <p>A step is written once per payment; when it is asked for again and done, its recorded answer
 * is given again. An order that comes after its deadline is answered at once, and nothing of it is
 * left to do.
 */
public final class IntentBook {

  private record Key(UUID paymentId, Step step) {}

  private final Set<UUID> known = new HashSet<>();
  private final Map<Key, Intent> stored = new HashMap<>();
  private final Set<Key> asked = new HashSet<>();
  private final List<Payment> newPayments = new ArrayList<>();
  private final List<Intent> newIntents = new ArrayList<>();
  private final LongSupplier ids;
  private final Instant now;

  /**
   * Opens the book.
   *
   * @param known the payments that are stored
   * @param stored all intents of these payments
   * @param ids where a new intent's id comes from
   */
  public IntentBook(
      Collection<UUID> known, Collection<Intent> stored, LongSupplier ids, Instant now) {
    this.known.addAll(known);
    stored.forEach(intent -> this.stored.put(new Key(intent.paymentId(), intent.step()), intent));
    this.ids = ids;
    this.now = now;
  }

  /**
   * Writes down that an order asks for a step.
   *
   * @param payment as the order describes it, not yet begun
   * @return the intent, when it is done and its answer is to be sent; what is open is answered by
   *     the workers, and what was asked for earlier in this batch needs no second answer
   */
  public Optional<Intent> take(Payment payment, Step step, Optional<String> traceparent) {
    Key key = new Key(payment.paymentId(), step);
    if (!asked.add(key)) {
      return Optional.empty();
    }
    Intent intent = stored.get(key);
    if (intent == null) {
      intent = write(payment, step, traceparent);
    }
    return Optional.of(intent).filter(found -> found.outcome().isPresent());
  }

  private Intent write(Payment payment, Step step, Optional<String> traceparent) {
    Intent intent =
        Intent.open(ids.getAsLong(), payment.paymentId(), Task.of(step, payment), traceparent);
    if (known.add(payment.paymentId())) {
      boolean late = step == Step.AUTHORIZING && PaymentRules.tooLate(payment.deadline(), now);
      newPayments.add(late ? payment.in(new PaymentState.Expired()) : payment);
      intent = late ? intent.done(Outcome.EXPIRED, "") : intent;
    }
    newIntents.add(intent);
    return intent;
  }

  /** The payments heard of for the first time, in order. */
  public List<Payment> newPayments() {
    return List.copyOf(newPayments);
  }

  /** The intents to be stored, in order. */
  public List<Intent> newIntents() {
    return List.copyOf(newIntents);
  }
}
