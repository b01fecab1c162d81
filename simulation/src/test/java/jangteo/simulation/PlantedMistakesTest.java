package jangteo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.item.domain.RecordedStep;
import jangteo.item.domain.Step;
import jangteo.item.domain.StepRequest;
import jangteo.item.domain.StockBook;
import jangteo.order.domain.Fulfilment;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import jangteo.order.saga.Effect;
import jangteo.order.saga.OrderState;
import jangteo.order.saga.OrderState.Cancelled;
import jangteo.order.saga.OrderState.Confirmed;
import jangteo.order.saga.OrderState.Placed;
import jangteo.order.saga.OrderState.Undone;
import jangteo.order.saga.SagaEvent;
import jangteo.order.saga.Transition;
import jangteo.payment.domain.Conclusion;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.Plan;
import jangteo.payment.domain.ProviderAnswer;
import jangteo.payment.domain.ProviderCall;
import jangteo.payment.domain.Task;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A checker that finds nothing may be blind: each mistake here has to be found, by its name. */
class PlantedMistakesTest {
  private static final long ENOUGH = 5_000;

  @Test
  void theSagaConfirmsWhenOneHasAccepted() {
    expect(
        "confirmed only with",
        new Rules() {
          @Override
          Transition saga(OrderState state, SagaEvent event, Instant now) {
            if (state instanceof Placed && event instanceof SagaEvent.StockAccepted) {
              OrderState both = super.saga(state, new SagaEvent.PaymentAccepted(), now).state();
              return super.saga(both, event, now);
            }
            return super.saga(state, event, now);
          }
        });
  }

  @Test
  void theDecisionIsTakenASecondTime() {
    expect(
        "the decision never changes",
        new Rules() {
          @Override
          Transition saga(OrderState state, SagaEvent event, Instant now) {
            if (state instanceof Cancelled(Order order)
                && event instanceof SagaEvent.PaymentVoided) {
              Order again = order.change(now).announced().status(OrderStatus.CONFIRMED).done();
              return new Transition(OrderState.of(again), List.of(new Effect.Announce()));
            }
            return super.saga(state, event, now);
          }
        });
  }

  @Test
  void theDeadlineIsForgotten() {
    expect(
        "decided",
        new Rules() {
          @Override
          Transition saga(OrderState state, SagaEvent event, Instant now) {
            return event instanceof SagaEvent.DeadlinePassed
                ? new Transition(state, List.of())
                : super.saga(state, event, now);
          }
        });
  }

  @Test
  void theDeadlineIsASecondLate() {
    expect(
        "decided by the deadline",
        new Rules() {
          @Override
          Transition saga(OrderState state, SagaEvent event, Instant now) {
            Instant seen = event instanceof SagaEvent.DeadlinePassed ? now.minusSeconds(1) : now;
            return super.saga(state, event, seen);
          }
        });
  }

  @Test
  void whatComesBackIsNotWrittenDown() {
    expect(
        "order, item and payment agree",
        new Rules() {
          @Override
          Transition saga(OrderState state, SagaEvent event, Instant now) {
            return state instanceof Undone && event instanceof SagaEvent.StockReleased
                ? new Transition(state, List.of())
                : super.saga(state, event, now);
          }
        });
  }

  @Test
  void goodsLeaveBeforeTheyArePaid() {
    expect(
        "nothing leaves that is not sold and paid",
        new Rules() {
          @Override
          Transition saga(OrderState state, SagaEvent event, Instant now) {
            if (state instanceof Confirmed(Order order) && event instanceof SagaEvent.Ship ship) {
              var sent = order.purchase().fulfil(ship.sellerId(), Fulfilment.SHIPPED);
              return new Transition(
                  new Confirmed(order.change(now).announced().purchase(sent).done()),
                  List.of(new Effect.Answer(ship.commandId(), Optional.empty())));
            }
            return super.saga(state, event, now);
          }
        });
  }

  @Test
  void itemForgetsThatAnOrderIsOver() {
    expect(
        "a step is taken once",
        new Rules() {
          @Override
          Collection<RecordedStep> remembered(Collection<RecordedStep> recorded) {
            Set<UUID> reserved =
                recorded.stream()
                    .filter(step -> step.step() == Step.RESERVE)
                    .map(RecordedStep::orderId)
                    .collect(Collectors.toSet());
            return recorded.stream()
                .filter(step -> step.step() != Step.RELEASE || reserved.contains(step.orderId()))
                .toList();
          }
        });
  }

  @Test
  void itemWorksForOrdersThatAreLongOver() {
    expect(
        "an order that comes too late is not worked on",
        new Rules() {
          @Override
          Optional<RecordedStep> take(StockBook book, StepRequest request) {
            var patient =
                new StepRequest(
                    request.orderId(),
                    request.step(),
                    request.lines(),
                    request.deadline().plusSeconds(60));
            return book.take(patient);
          }
        });
  }

  @Test
  void eachAttemptToCaptureHasAKeyOfItsOwn() {
    expect(
        "a card is charged once",
        new Rules() {
          @Override
          Plan plan(Payment payment, Task task, int attempts, boolean orderOver, Instant now) {
            Plan plan = super.plan(payment, task, attempts, orderOver, now);
            return plan instanceof Plan.Ask(ProviderCall.Capture(var key, var ref, var amount))
                ? new Plan.Ask(new ProviderCall.Capture(key + attempts, ref, amount))
                : plan;
          }
        });
  }

  @Test
  void anUnknownOutcomeIsTakenForARefusal() {
    expect(
        "no authorisation stays open",
        new Rules() {
          @Override
          Optional<Conclusion> answered(
              Payment payment, Task task, ProviderAnswer answer, int attempts, boolean orderOver) {
            ProviderAnswer believed =
                answer instanceof ProviderAnswer.Unknown
                    ? new ProviderAnswer.Declined("NOT_FOUND")
                    : answer;
            return super.answered(payment, task, believed, attempts, orderOver);
          }
        });
  }

  private static void expect(String promise, Rules mistaken) {
    Simulation.Result result = Simulation.play(1, ENOUGH, 2, mistaken);

    assertThat(result.broken()).as("a history that breaks a promise").isPresent();
    History found = result.broken().orElseThrow();
    assertThat(found.broken().orElseThrow()).contains(promise);
    History replayed = History.of(found.seed(), true, mistaken);
    assertThat(replayed.broken()).isEqualTo(found.broken());
    assertThat(replayed.lines()).isNotEmpty();
  }
}
