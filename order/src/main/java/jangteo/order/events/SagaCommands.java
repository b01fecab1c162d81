package jangteo.order.events;

import com.google.protobuf.ByteString;
import jangteo.chassis.Ids;
import jangteo.chassis.events.Event;
import jangteo.chassis.events.ProtoTime;
import jangteo.chassis.events.Publisher;
import jangteo.chassis.web.Problem;
import jangteo.order.domain.Order;
import jangteo.order.domain.Purchase;
import jangteo.order.events.OrderFollower.Reply;
import jangteo.order.v1.CancelOrder;
import jangteo.order.v1.DeliverOrder;
import jangteo.order.v1.OrderCommand;
import jangteo.order.v1.PlaceOrder;
import jangteo.order.v1.ReturnOrder;
import jangteo.order.v1.ShipOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks the saga for something and waits for its answer, which comes over {@code orders}.
 *
 * <p>Each method throws a 503 problem when the broker or the saga does not answer in time; the
 * command may then still be carried out, and is safe to repeat. And when others wait already for
 * too long, or are too many; the command was not sent then.
 */
public final class SagaCommands {

  /** A day of keeping, less what a clock may be off: older orders are sent along. */
  private static final Duration SURELY_KEPT = Duration.ofHours(12);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Publisher publisher;
  private final OrderFollower follower;
  private final Clock clock;
  private final Ids ids;
  private final Duration patience;
  private final WaitingRoom waiting;

  /**
   * Commands of this service.
   *
   * @param patience how long an answer is waited for
   * @param waiting who may wait: the others are refused at once
   */
  public SagaCommands(
      Publisher publisher,
      OrderFollower follower,
      Clock clock,
      Ids ids,
      Duration patience,
      WaitingRoom waiting) {
    this.publisher = publisher;
    this.follower = follower;
    this.clock = clock;
    this.ids = ids;
    this.patience = patience;
    this.waiting = waiting;
  }

  /**
   * Records a purchase, or finds it recorded.
   *
   * @param purchase asked for only when the command may be sent, for pricing takes the time of
   *     others: {@code search} and {@code item}
   * @param begun when the buyer's request came, by {@link System#nanoTime}: what has passed since
   *     comes off the patience, for the gateway would give up before all waits together are over
   */
  public Reply place(UUID orderId, Supplier<Purchase> purchase, long begun) {
    return inside(
        () ->
            answered(
                command(orderId).setPlace(placing(purchase.get())),
                patience.minusNanos(System.nanoTime() - begun)));
  }

  private static PlaceOrder placing(Purchase purchase) {
    return PlaceOrder.newBuilder()
        .setRequestHash(ByteString.copyFrom(HexFormat.of().parseHex(purchase.requestHash())))
        .setOrder(OrderMessages.message(purchase))
        .build();
  }

  /** The buyer does not want the order any more. */
  public Reply cancel(Order order, long memberId) {
    return ask(command(order).setCancel(CancelOrder.newBuilder().setMemberId(memberId)));
  }

  /** The seller has sent its lines. */
  public Reply ship(Order order, long sellerId) {
    return ask(command(order).setShip(ShipOrder.newBuilder().setSellerId(sellerId)));
  }

  /** The seller's lines have arrived. */
  public Reply deliver(Order order, long sellerId) {
    return ask(command(order).setDeliver(DeliverOrder.newBuilder().setSellerId(sellerId)));
  }

  /** The buyer sends everything back. */
  public Reply giveBack(Order order, long memberId) {
    return ask(command(order).setReturn(ReturnOrder.newBuilder().setMemberId(memberId)));
  }

  private OrderCommand.Builder command(UUID orderId) {
    return OrderCommand.newBuilder()
        .setOrderId(orderId.toString())
        .setCommandId(ids.uuid().toString())
        .setAt(ProtoTime.of(clock.instant()));
  }

  private OrderCommand.Builder command(Order order) {
    OrderCommand.Builder command = command(order.orderId());
    if (order.changedAt().isBefore(clock.instant().minus(SURELY_KEPT))) {
      command.setRecalled(OrderMessages.stored(order));
    }
    return command;
  }

  private Reply ask(OrderCommand.Builder command) {
    return inside(() -> answered(command, patience));
  }

  private Reply inside(Supplier<Reply> wait) {
    if (!waiting.enter()) {
      throw Problem.unavailable("Too many orders are on their way at the moment.", RETRY_AFTER)
          .exception();
    }
    try {
      return wait.get();
    } finally {
      waiting.leave();
    }
  }

  private Reply answered(OrderCommand.Builder command, Duration limit) {
    if (!limit.isPositive()) {
      throw late();
    }
    String id = command.getCommandId();
    CompletableFuture<Reply> reply = follower.expect(id);
    long begin = System.nanoTime();
    try {
      publisher.send(Event.of("order-commands", command.getOrderId(), command.build()), limit);
      return reply.get(begin + limit.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw late();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("The service is stopping.", RETRY_AFTER).exception();
    } finally {
      follower.forget(id);
      waiting.waited(Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private static RuntimeException late() {
    return Problem.unavailable(
            "The order could not be recorded in time. It is safe to repeat the request.",
            RETRY_AFTER)
        .exception();
  }
}
