package jangteo.simulation;

import jangteo.item.domain.Step;
import jangteo.order.domain.Fulfilment;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import jangteo.order.saga.Effect;
import jangteo.order.saga.OrderState;
import jangteo.order.saga.Refusal;
import jangteo.order.saga.SagaEvent;
import jangteo.order.saga.Transition;
import jangteo.payment.domain.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads {@code orders} like everybody, and holds what must hold at each moment of a history. */
final class Watch {
  private static final Duration GRACE = Duration.ofMillis(500);

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

  private final World world;
  private final int[] position;
  private final Map<UUID, Order> latest = new HashMap<>();
  private final Set<String> answered = new HashSet<>();

  Watch(World world) {
    this.world = world;
    this.position = new int[world.orders().partitions()];
    world.orders().whenWritten(this::read);
  }

  /** The orders that were acknowledged, as they were last announced. */
  Map<UUID, Order> orders() {
    return Collections.unmodifiableMap(latest);
  }

  boolean answered(SagaEvent.Command command) {
    return answered.contains(command.commandId());
  }

  /** An acceptance of an order that is decided: somebody seems not to know. */
  static void answersTheLate(OrderState before, SagaEvent event, Transition transition) {
    boolean late =
        before instanceof OrderState.Decided
            && (event instanceof SagaEvent.StockAccepted
                || event instanceof SagaEvent.PaymentAccepted);
    InvariantBroken.unless(
        !late || !transition.effects().isEmpty(),
        "a late acceptance is answered with the decision",
        before,
        event);
  }

  private void read() {
    for (int p = 0; p < position.length; p++) {
      while (position[p] < world.orders().end(p)) {
        OrderRecord record = world.orders().read(p, position[p]++).value();
        record.order().ifPresent(this::order);
        record.answer().ifPresent(answer -> answer(answer, record.order()));
      }
    }
  }

  private void order(Order order) {
    Order before = latest.put(order.orderId(), order);
    if (before == null) {
      InvariantBroken.unless(order.version() == 1, "an order begins with version 1", order);
    } else {
      follows(before, order);
    }
    boolean decides = before == null || before.status() == OrderStatus.PLACED;
    if (order.status() != OrderStatus.PLACED && decides) {
      decided(order);
    }
    leftOnlyWhenSettled(order);
    world.clients().saw(order);
  }

  private static void follows(Order before, Order order) {
    InvariantBroken.unless(
        before.status() == order.status()
            || FOLLOWS.getOrDefault(before.status(), Set.of()).contains(order.status()),
        "the decision never changes",
        before.status(),
        order);
    InvariantBroken.unless(
        before.status() != OrderStatus.CONFIRMED
            || order.status() != OrderStatus.CANCELLED
            || before.purchase().nothingShipped(),
        "what has left is not cancelled",
        order);
    InvariantBroken.unless(
        before.endedAt().isEmpty() || before.endedAt().equals(order.endedAt()),
        "the decision comes once",
        order);
    long step = order.version() - before.version();
    InvariantBroken.unless(
        step == 1 || (step == 0 && before.status() == order.status()),
        "what is announced is a version of its own",
        order);
    InvariantBroken.unless(
        before.deadline().equals(order.deadline())
            && before.purchase().requestHash().equals(order.purchase().requestHash()),
        "the same key is the same order",
        order);
  }

  private void decided(Order order) {
    Instant sound = world.order().soundSince();
    Instant latestAt = sound.isAfter(order.deadline()) ? sound : order.deadline();
    InvariantBroken.unless(
        !world.order().clock().isAfter(latestAt.plus(GRACE)),
        "decided by the deadline and 500 ms",
        order);
    if (order.status() == OrderStatus.CONFIRMED) {
      UUID id = order.orderId();
      InvariantBroken.unless(
          world.item().tables().open(id).isPresent(), "confirmed only with goods held", order);
      InvariantBroken.unless(
          world.payment().answered(id, jangteo.payment.domain.Step.AUTHORIZING, Outcome.ACCEPTED),
          "confirmed only with money held",
          order);
    }
  }

  private void leftOnlyWhenSettled(Order order) {
    boolean left =
        order.purchase().lines().stream()
            .anyMatch(
                line ->
                    line.fulfilment() == Fulfilment.SHIPPED
                        || line.fulfilment() == Fulfilment.DELIVERED);
    if (left) {
      UUID id = order.orderId();
      PaymentTables money = world.payment().tables();
      InvariantBroken.unless(
          world.item().tables().of(id).containsKey(Step.COMMIT)
              && money.netCaptured(id) + money.refundedByHand(id)
                  == order.purchase().total().amount(),
          "nothing leaves that is not sold and paid",
          order);
    }
  }

  private void answer(Effect.Answer answer, Optional<Order> order) {
    InvariantBroken.unless(answered.add(answer.commandId()), "a command is answered once", answer);
    SagaEvent.Command command =
        world.clients().sent().stream()
            .filter(sent -> sent.commandId().equals(answer.commandId()))
            .findFirst()
            .orElseThrow(() -> new InvariantBroken("nobody asked for " + answer));
    InvariantBroken.unless(
        answer.refusal().isPresent()
            ? refusedRightly(command, answer.refusal().get(), order)
            : order.isPresent() && carriedOut(command, order.get()),
        "the answer says what is so",
        command,
        answer,
        order);
  }

  private static boolean refusedRightly(
      SagaEvent.Command command, Refusal why, Optional<Order> order) {
    return !(command instanceof SagaEvent.Place place)
        || (why == Refusal.IDEMPOTENCY_KEY_REUSED
            && order
                .filter(o -> !o.purchase().requestHash().equals(place.purchase().requestHash()))
                .isPresent());
  }

  private static boolean carriedOut(SagaEvent.Command command, Order order) {
    return switch (command) {
      case SagaEvent.Place place ->
          order.purchase().requestHash().equals(place.purchase().requestHash());
      case SagaEvent.Cancel cancel ->
          order.status() == OrderStatus.CANCELLED
              && order.reason().equals("BY_BUYER")
              && cancel.memberId() == order.purchase().buyerId();
      case SagaEvent.Return _ -> order.status() == OrderStatus.RETURNED;
      case SagaEvent.Ship ship -> order.purchase().allOf(ship.sellerId(), Fulfilment.SHIPPED);
      case SagaEvent.Deliver deliver ->
          order.purchase().allOf(deliver.sellerId(), Fulfilment.DELIVERED);
    };
  }
}
