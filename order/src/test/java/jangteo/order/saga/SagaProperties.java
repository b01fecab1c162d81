package jangteo.order.saga;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import jangteo.order.saga.OrderState.Known;
import jangteo.order.saga.SagaEvent.Cancel;
import jangteo.order.saga.SagaEvent.CaptureFailed;
import jangteo.order.saga.SagaEvent.Command;
import jangteo.order.saga.SagaEvent.DeadlinePassed;
import jangteo.order.saga.SagaEvent.Deliver;
import jangteo.order.saga.SagaEvent.PaymentAccepted;
import jangteo.order.saga.SagaEvent.PaymentCaptured;
import jangteo.order.saga.SagaEvent.PaymentExpired;
import jangteo.order.saga.SagaEvent.PaymentRefunded;
import jangteo.order.saga.SagaEvent.PaymentRejected;
import jangteo.order.saga.SagaEvent.PaymentVoided;
import jangteo.order.saga.SagaEvent.Place;
import jangteo.order.saga.SagaEvent.Return;
import jangteo.order.saga.SagaEvent.Ship;
import jangteo.order.saga.SagaEvent.StockAccepted;
import jangteo.order.saga.SagaEvent.StockCommitted;
import jangteo.order.saga.SagaEvent.StockExpired;
import jangteo.order.saga.SagaEvent.StockRejected;
import jangteo.order.saga.SagaEvent.StockReleased;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is dropped, doubled, delayed or swapped: an order is decided once, and confirmed only
 * when both have accepted.
 *
 * <p>The lists that jqwik draws contain every event in any order and number, which covers drops,
 * repeats and reorderings of what real participants would say, and more.
 */
class SagaProperties {
  private static final UUID ORDER = UUID.fromString("0194c1f0-0000-8000-8000-000000000002");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  /** What may follow what: everything else would be a second decision. */
  private static final Map<OrderStatus, Set<OrderStatus>> FOLLOWS =
      new EnumMap<>(
          Map.of(
              OrderStatus.PLACED,
              Set.of(OrderStatus.CONFIRMED, OrderStatus.REJECTED, OrderStatus.CANCELLED),
              OrderStatus.CONFIRMED,
              Set.of(OrderStatus.SHIPPED, OrderStatus.CANCELLED),
              OrderStatus.SHIPPED,
              Set.of(OrderStatus.DELIVERED),
              OrderStatus.DELIVERED,
              Set.of(OrderStatus.RETURNED),
              OrderStatus.REJECTED,
              Set.of(),
              OrderStatus.CANCELLED,
              Set.of(),
              OrderStatus.RETURNED,
              Set.of()));

  record Moment(SagaEvent event, long afterMillis) {}

  @Property(tries = 5_000)
  void theDecisionComesOnce(@ForAll("histories") List<Moment> moments) {
    List<Order> told = play(moments);

    for (int i = 1; i < told.size(); i++) {
      Order before = told.get(i - 1);
      Order after = told.get(i);
      if (before.status() != after.status()) {
        assertThat(FOLLOWS.get(before.status())).contains(after.status());
        assertThat(after.version()).isGreaterThan(before.version());
      }
      assertThat(after.version()).isBetween(before.version(), before.version() + 1);
      if (before.endedAt().isPresent()) {
        assertThat(after.endedAt()).isEqualTo(before.endedAt());
      }
    }
  }

  @Property(tries = 5_000)
  void confirmedOnlyWhenBothAccepted(@ForAll("histories") List<Moment> moments) {
    Saga saga = new Saga(PATIENCE);
    OrderState state = placed(saga);
    boolean stock = false;
    boolean payment = false;
    Instant now = START;
    for (Moment moment : moments) {
      now = now.plusMillis(moment.afterMillis());
      stock |= moment.event() instanceof StockAccepted;
      payment |= moment.event() instanceof PaymentAccepted;
      state = saga.on(state, moment.event(), now).state();
      if (((Known) state).order().status() == OrderStatus.CONFIRMED) {
        assertThat(stock && payment).isTrue();
      }
    }
  }

  @Property(tries = 5_000)
  void nothingIsOpenAfterTheDeadline(@ForAll("histories") List<Moment> moments) {
    Saga saga = new Saga(PATIENCE);
    OrderState state = placed(saga);
    Instant now = START;
    for (Moment moment : moments) {
      now = now.plusMillis(moment.afterMillis());
      state = saga.on(state, moment.event(), now).state();
    }
    Instant deadline = ((Known) state).order().deadline();
    Instant tick = now.isAfter(deadline) ? now : deadline;

    assertThat(saga.on(state, new DeadlinePassed(), tick).state())
        .isInstanceOf(OrderState.Decided.class);
  }

  @Property(tries = 2_000)
  void everyCommandIsAnsweredOnce(@ForAll("histories") List<Moment> moments) {
    Saga saga = new Saga(PATIENCE);
    OrderState state = new OrderState.NotPlaced();
    for (Moment moment : moments) {
      Transition transition = saga.on(state, moment.event(), START);
      state = transition.state();
      long answers = transition.effects().stream().filter(Effect.Answer.class::isInstance).count();
      assertThat(answers).isEqualTo(moment.event() instanceof Command ? 1 : 0);
      assertThat(transition.effects()).hasSizeLessThanOrEqualTo(1);
    }
  }

  private static List<Order> play(List<Moment> moments) {
    Saga saga = new Saga(PATIENCE);
    OrderState state = placed(saga);
    List<Order> told = new ArrayList<>(List.of(((Known) state).order()));
    Instant now = START;
    for (Moment moment : moments) {
      now = now.plusMillis(moment.afterMillis());
      Transition transition = saga.on(state, moment.event(), now);
      state = transition.state();
      if (!transition.effects().isEmpty()) {
        told.add(((Known) state).order());
      }
    }
    return told;
  }

  private static OrderState placed(Saga saga) {
    return saga.on(
            new OrderState.NotPlaced(), new Place("first", Orders.teapotAndCup(ORDER)), START)
        .state();
  }

  @Provide
  Arbitrary<List<Moment>> histories() {
    Arbitrary<SagaEvent> events =
        Arbitraries.of(
            new Place("again", Orders.teapotAndCup(ORDER)),
            new Place("other", Orders.otherRequest(ORDER)),
            new Cancel("cancel", "", Orders.BUYER),
            new Ship("ship", "", Orders.SELLER),
            new Ship("ship too", "", Orders.OTHER_SELLER),
            new Deliver("deliver", "", Orders.SELLER),
            new Deliver("deliver too", "", Orders.OTHER_SELLER),
            new Return("return", "", Orders.BUYER),
            new StockAccepted(),
            new StockRejected("OUT_OF_STOCK"),
            new StockCommitted(),
            new StockReleased(),
            new StockExpired(),
            new PaymentAccepted(),
            new PaymentRejected("PAYMENT_DECLINED"),
            new PaymentCaptured(),
            new CaptureFailed("PROVIDER_REFUSED"),
            new PaymentVoided(),
            new PaymentRefunded(""),
            new PaymentRefunded("1000 KRW, refund a"),
            new PaymentExpired(),
            new DeadlinePassed());
    // Acceptances are drawn more often, so that many stories get as far as fulfilment.
    Arbitrary<SagaEvent> hopeful =
        Arbitraries.of(
            new StockAccepted(),
            new PaymentAccepted(),
            new StockCommitted(),
            new PaymentCaptured(),
            new Ship("ship", "", Orders.SELLER),
            new Ship("ship too", "", Orders.OTHER_SELLER),
            new Deliver("deliver", "", Orders.SELLER),
            new Deliver("deliver too", "", Orders.OTHER_SELLER));
    Arbitrary<SagaEvent> either = Arbitraries.oneOf(events, hopeful, hopeful);
    Arbitrary<Long> delays = Arbitraries.longs().between(0, 2_000);
    return Combinators.combine(either, delays).as(Moment::new).list().ofMaxSize(40);
  }
}
