package jangteo.order.events;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.order.domain.Order;
import jangteo.order.saga.OrderState;
import jangteo.order.saga.Orders;
import jangteo.order.saga.Saga;
import jangteo.order.saga.SagaEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is kept in memory, and what gives way. */
class OrderFollowerTest {
  private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");
  private static final int ONE_ORDER = OrderFollower.parts(placed(NOW));

  private final OrderFollower follower = new OrderFollower(2L * ONE_ORDER);

  @Test
  void theOldestGivesWayWhenMemoryIsFull() {
    Order first = placed(NOW);
    Order second = placed(NOW);
    Order third = placed(NOW);
    follower.hear(first);
    follower.hear(second);
    follower.hear(third);

    assertThat(follower.find(first.orderId())).isEmpty();
    assertThat(follower.find(second.orderId())).contains(second);
    assertThat(follower.find(third.orderId())).contains(third);
  }

  @Test
  void anOrderThatIsToldOfAgainTakesNoMoreRoom() {
    Order first = placed(NOW);
    Order second = placed(NOW);
    follower.hear(first);
    Order newer = second;
    for (int i = 0; i < 5; i++) {
      newer = inNewerVersion(newer);
      follower.hear(newer);
    }

    assertThat(follower.find(first.orderId())).contains(first);
    assertThat(follower.find(second.orderId())).contains(newer);
  }

  @Test
  void anOrderThatIsTooLargeForAllIsKeptAlone() {
    OrderFollower small = new OrderFollower(1);
    Order first = placed(NOW);
    Order second = placed(NOW);
    small.hear(first);
    small.hear(second);

    assertThat(small.find(first.orderId())).isEmpty();
    assertThat(small.find(second.orderId())).contains(second);
  }

  @Test
  void whatIsNotRecentIsLetGo() {
    Order old = placed(NOW);
    follower.hear(old);
    follower.hear(placed(NOW.plus(Duration.ofMinutes(3))));

    assertThat(follower.find(old.orderId())).isEmpty();
  }

  private static Order inNewerVersion(Order order) {
    return new Order(
        order.purchase(),
        order.version() + 1,
        order.status(),
        order.reason(),
        order.goods(),
        order.payment(),
        order.placedAt(),
        order.deadline(),
        order.changedAt(),
        order.history());
  }

  private static Order placed(Instant at) {
    UUID id = UUID.randomUUID();
    OrderState state =
        new Saga(Duration.ofSeconds(5))
            .on(new OrderState.NotPlaced(), new SagaEvent.Place("place", Orders.teapot(id)), at)
            .state();
    return ((OrderState.Known) state).order();
  }
}
