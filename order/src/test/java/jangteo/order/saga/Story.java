package jangteo.order.saga;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import jangteo.order.domain.Purchase;
import jangteo.order.saga.SagaEvent.Cancel;
import jangteo.order.saga.SagaEvent.DeadlinePassed;
import jangteo.order.saga.SagaEvent.Deliver;
import jangteo.order.saga.SagaEvent.PaymentAccepted;
import jangteo.order.saga.SagaEvent.PaymentCaptured;
import jangteo.order.saga.SagaEvent.Place;
import jangteo.order.saga.SagaEvent.Return;
import jangteo.order.saga.SagaEvent.Ship;
import jangteo.order.saga.SagaEvent.StockAccepted;
import jangteo.order.saga.SagaEvent.StockCommitted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One order's life, told to the saga event by event. */
final class Story {
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final UUID orderId = UUID.fromString("0194c1f0-0000-8000-8000-000000000001");
  private final Saga saga = new Saga(PATIENCE);
  private Instant now = Instant.parse("2026-11-22T09:00:00Z");
  private OrderState state = new OrderState.NotPlaced();
  private List<Effect> effects = List.of();
  private int commands;

  static Story given() {
    return new Story();
  }

  Story when(SagaEvent event) {
    Transition transition = saga.on(state, event, now);
    state = transition.state();
    effects = transition.effects();
    return this;
  }

  Story placed() {
    return placing(Orders.teapot(orderId));
  }

  Story placedWithTwoSellers() {
    return placing(Orders.teapotAndCup(orderId));
  }

  Story placedOtherwise() {
    return placing(Orders.otherRequest(orderId));
  }

  private Story placing(Purchase purchase) {
    return when(new Place(nextCommand(), purchase));
  }

  Story confirmed() {
    return when(new StockAccepted()).when(new PaymentAccepted());
  }

  Story settled() {
    return confirmed().when(new StockCommitted()).when(new PaymentCaptured());
  }

  Story cancelledBy(long memberId) {
    return when(new Cancel(nextCommand(), Orders.TRACEPARENT, memberId));
  }

  Story shippedBy(long sellerId) {
    return when(new Ship(nextCommand(), Orders.TRACEPARENT, sellerId));
  }

  Story deliveredBy(long sellerId) {
    return when(new Deliver(nextCommand(), Orders.TRACEPARENT, sellerId));
  }

  Story returnedBy(long memberId) {
    return when(new Return(nextCommand(), Orders.TRACEPARENT, memberId));
  }

  Story after(Duration time) {
    now = now.plus(time);
    return this;
  }

  Story atTheDeadline() {
    return after(PATIENCE).when(new DeadlinePassed());
  }

  Story expect(OrderStatus status, String reason) {
    assertThat(order().status()).isEqualTo(status);
    assertThat(order().reason()).isEqualTo(reason);
    return this;
  }

  Story expectSilence() {
    assertThat(effects).isEmpty();
    return this;
  }

  /** One record goes out, with this version of the order. */
  Story announcedAs(long version) {
    assertThat(effects).hasSize(1);
    assertThat(order().version()).isEqualTo(version);
    return this;
  }

  Story answered() {
    return replied(Optional.empty());
  }

  Story refused(Refusal why) {
    return replied(Optional.of(why));
  }

  private Story replied(Optional<Refusal> refusal) {
    assertThat(effects).containsExactly(new Effect.Answer("command-" + commands, refusal));
    return this;
  }

  Order order() {
    return ((OrderState.Known) state).order();
  }

  Instant now() {
    return now;
  }

  private String nextCommand() {
    commands++;
    return "command-" + commands;
  }
}
