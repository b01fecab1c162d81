package jangteo.simulation;

import jangteo.item.domain.RecordedStep;
import jangteo.item.domain.StepRequest;
import jangteo.item.domain.StockBook;
import jangteo.order.saga.OrderState;
import jangteo.order.saga.Saga;
import jangteo.order.saga.SagaEvent;
import jangteo.order.saga.Transition;
import jangteo.payment.domain.Conclusion;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentRules;
import jangteo.payment.domain.Plan;
import jangteo.payment.domain.ProviderAnswer;
import jangteo.payment.domain.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What is under test: the code that ships. A test of the simulation itself overrides one of these
 * with a mistake, and expects it to be found.
 */
class Rules {
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Saga SAGA = new Saga(PATIENCE);

  Transition saga(OrderState state, SagaEvent event, Instant now) {
    return SAGA.on(state, event, now);
  }

  /** What item knows of an order when it takes a step. */
  Collection<RecordedStep> remembered(Collection<RecordedStep> recorded) {
    return recorded;
  }

  Optional<RecordedStep> take(StockBook book, StepRequest request) {
    return book.take(request);
  }

  Plan plan(Payment payment, Task task, int attempts, boolean orderOver, Instant now) {
    return PaymentRules.plan(payment, task, attempts, orderOver, now);
  }

  Optional<Conclusion> answered(
      Payment payment, Task task, ProviderAnswer answer, int attempts, boolean orderOver) {
    return PaymentRules.answered(payment, task, answer, attempts, orderOver);
  }
}
