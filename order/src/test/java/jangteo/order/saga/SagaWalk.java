package jangteo.order.saga;

import jangteo.order.domain.Fulfilment;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import jangteo.order.saga.OrderState.Known;
import jangteo.order.saga.OrderState.NotPlaced;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Walks the transition table: from an order that is not placed, every event in every state that can
 * be reached. Two states are one when they differ only in what happened when; the order has two
 * sellers, so that its lines can be differently far.
 */
final class SagaWalk {
  private static final UUID ORDER = UUID.fromString("0194c1f0-0000-8000-8000-000000000003");
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long STRANGER = 99;
  private static final String OTHER_CONTENT = "Place, other content";

  /** One step: before, by what name the event goes, and what came of it. */
  record Step(OrderState before, String event, Transition transition) {
    OrderState after() {
      return transition.state();
    }
  }

  private record Kind(
      String state,
      String reason,
      String goods,
      String money,
      List<Fulfilment> lines,
      boolean refunded) {
    static Kind of(OrderState state) {
      return switch (state) {
        case NotPlaced _ -> new Kind(name(state), "", "", "", List.of(), false);
        case Known known -> of(known);
      };
    }

    private static Kind of(Known known) {
      Order order = known.order();
      return new Kind(
          name(known),
          order.reason(),
          order.goods().name(),
          order.payment().name(),
          order.purchase().lines().stream().map(line -> line.fulfilment()).toList(),
          order.history().stream().anyMatch(step -> step.outcome().equals("REFUNDED")));
    }
  }

  private SagaWalk() {}

  /** All steps, in the order in which they were found. */
  static List<Step> steps() {
    Saga saga = new Saga(PATIENCE);
    Map<String, SagaEvent> events = events();
    List<Step> steps = new ArrayList<>();
    Set<Kind> found = new LinkedHashSet<>();
    Deque<OrderState> next = new ArrayDeque<>(List.of(new NotPlaced()));
    while (!next.isEmpty()) {
      OrderState before = next.remove();
      if (found.add(Kind.of(before))) {
        events.forEach(
            (name, event) -> {
              if (before instanceof NotPlaced && name.equals(OTHER_CONTENT)) {
                return; // whatever comes first is the content
              }
              Instant now =
                  event instanceof SagaEvent.DeadlinePassed ? START.plus(PATIENCE) : START;
              Step step = new Step(before, name, saga.on(before, event, now));
              steps.add(step);
              next.add(step.after());
            });
      }
    }
    return steps;
  }

  /** How the documentation calls a state. */
  static String name(OrderState state) {
    return switch (state) {
      case NotPlaced _ -> "not placed";
      case Known known -> known.order().status().name();
    };
  }

  /** The reason with which the step ended the order; empty when it did not. */
  static Optional<String> reason(Step step) {
    return step.after() instanceof Known known
            && known.order().status() != OrderStatus.PLACED
            && !known.order().reason().isEmpty()
        ? Optional.of(known.order().reason())
        : Optional.empty();
  }

  /** Every event by its name, with those of the wrong people and of another content. */
  static Map<String, SagaEvent> events() {
    Map<String, SagaEvent> events = new LinkedHashMap<>();
    events.put("Place", new SagaEvent.Place("c", Orders.teapotAndCup(ORDER)));
    events.put(OTHER_CONTENT, new SagaEvent.Place("c", Orders.otherRequest(ORDER)));
    events.put("StockAccepted", new SagaEvent.StockAccepted());
    events.put("StockRejected", new SagaEvent.StockRejected("OUT_OF_STOCK"));
    events.put("StockExpired", new SagaEvent.StockExpired());
    events.put("StockCommitted", new SagaEvent.StockCommitted());
    events.put("StockReleased", new SagaEvent.StockReleased());
    events.put("PaymentAccepted", new SagaEvent.PaymentAccepted());
    events.put("PaymentRejected", new SagaEvent.PaymentRejected("PAYMENT_DECLINED"));
    events.put("PaymentExpired", new SagaEvent.PaymentExpired());
    events.put("PaymentCaptured", new SagaEvent.PaymentCaptured());
    events.put("CaptureFailed", new SagaEvent.CaptureFailed("CARD_BLOCKED"));
    events.put("PaymentVoided", new SagaEvent.PaymentVoided());
    events.put("PaymentRefunded", new SagaEvent.PaymentRefunded(""));
    events.put("DeadlinePassed", new SagaEvent.DeadlinePassed());
    events.put("Resumed", new SagaEvent.Resumed("STANDSTILL"));
    events.put("Cancel", new SagaEvent.Cancel("c", "", Orders.BUYER));
    events.put("Ship", new SagaEvent.Ship("c", "", Orders.SELLER));
    events.put("Ship by the other seller", new SagaEvent.Ship("c", "", Orders.OTHER_SELLER));
    events.put("Deliver", new SagaEvent.Deliver("c", "", Orders.SELLER));
    events.put("Deliver by the other seller", new SagaEvent.Deliver("c", "", Orders.OTHER_SELLER));
    events.put("Return", new SagaEvent.Return("c", "", Orders.BUYER));
    events.put("Cancel by a stranger", new SagaEvent.Cancel("c", "", STRANGER));
    events.put("Ship by a stranger", new SagaEvent.Ship("c", "", STRANGER));
    events.put("Deliver by a stranger", new SagaEvent.Deliver("c", "", STRANGER));
    events.put("Return by a stranger", new SagaEvent.Return("c", "", STRANGER));
    return events;
  }
}
