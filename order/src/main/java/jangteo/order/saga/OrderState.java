package jangteo.order.saga;

import static jangteo.order.domain.OrderStatus.CANCELLED;
import static jangteo.order.domain.OrderStatus.CONFIRMED;
import static jangteo.order.domain.OrderStatus.DELIVERED;
import static jangteo.order.domain.OrderStatus.PLACED;
import static jangteo.order.domain.OrderStatus.REJECTED;
import static jangteo.order.domain.OrderStatus.RETURNED;
import static jangteo.order.domain.OrderStatus.SHIPPED;

import jangteo.order.domain.Fulfilment;
import jangteo.order.domain.GoodsStatus;
import jangteo.order.domain.HistoryStep;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import jangteo.order.domain.PaymentStatus;
import jangteo.order.domain.Purchase;
import java.time.Instant;

/**
 * The states of an order. Each state has only the moves that are legal in it, so an illegal one
 * does not compile; which event causes which move is the business of {@link Saga}.
 */
public sealed interface OrderState {

  /** The saga has never recorded the order. */
  record NotPlaced() implements OrderState {}

  /** The saga has recorded the order. */
  sealed interface Known extends OrderState {
    Order order();
  }

  /** The saga has decided the order. */
  sealed interface Decided extends Known {}

  /** Nothing of it goes forward any more; goods and money find their way back. */
  sealed interface Undone extends Decided {}

  /** The state that an order's status names. */
  static Known of(Order order) {
    return switch (order.status()) {
      case PLACED -> new Placed(order);
      case CONFIRMED -> new Confirmed(order);
      case REJECTED -> new Rejected(order);
      case CANCELLED -> new Cancelled(order);
      case SHIPPED -> new Shipped(order);
      case DELIVERED -> new Delivered(order);
      case RETURNED -> new Returned(order);
    };
  }

  private static void insist(Order order, OrderStatus status) {
    if (order.status() != status) {
      throw new IllegalArgumentException(order.status() + " is not " + status);
    }
  }

  /** Waiting for item and payment. */
  record Placed(Order order) implements Known {
    public Placed {
      insist(order, PLACED);
    }

    /** Both have accepted. */
    boolean complete() {
      return order.goods() == GoodsStatus.RESERVED && order.payment() == PaymentStatus.AUTHORIZED;
    }

    Placed reserved(Instant now) {
      return new Placed(
          order
              .change(now)
              .goods(GoodsStatus.RESERVED)
              .stepOnce("item", "RESERVE", "ACCEPTED", "")
              .done());
    }

    Placed authorised(Instant now) {
      return new Placed(
          order
              .change(now)
              .payment(PaymentStatus.AUTHORIZED)
              .stepOnce("payment", "AUTHORIZE", "ACCEPTED", "")
              .done());
    }

    /** A participant came too late and did nothing: silence, but worth a line in the history. */
    Placed silent(String service, String step, Instant now) {
      return new Placed(order.change(now).stepOnce(service, step, "EXPIRED", "").done());
    }

    /** Nobody was at work at its deadline: worth a line in the history as well. */
    Placed resumed(String reason, Instant now) {
      return new Placed(
          order.change(now).stepOnce("order", HistoryStep.RESUME, HistoryStep.LATE, reason).done());
    }

    Confirmed confirm(Instant now) {
      return new Confirmed(decide(CONFIRMED, "", now).done());
    }

    Rejected rejectedByStock(String reason, Instant now) {
      Order told = order.change(now).step("item", "RESERVE", "REJECTED", reason).done();
      return new Rejected(
          new Placed(told).decide(REJECTED, reason, now).goods(GoodsStatus.REJECTED).done());
    }

    Rejected rejectedByPayment(String reason, Instant now) {
      Order told = order.change(now).step("payment", "AUTHORIZE", "REJECTED", reason).done();
      return new Rejected(
          new Placed(told).decide(REJECTED, reason, now).payment(PaymentStatus.REJECTED).done());
    }

    Cancelled cancel(String reason, Instant now) {
      return new Cancelled(decide(CANCELLED, reason, now).done());
    }

    private Order.Change decide(OrderStatus status, String reason, Instant now) {
      return order
          .change(now)
          .announced()
          .status(status)
          .reason(reason)
          .step("order", Order.DECIDE, status.name(), reason);
    }
  }

  /** Both accepted; lines may leave once the order is settled. */
  record Confirmed(Order order) implements Decided {
    public Confirmed {
      insist(order, CONFIRMED);
    }

    /** The goods are sold and the money is here. */
    boolean settled() {
      return order.goods() == GoodsStatus.COMMITTED && order.payment() == PaymentStatus.CAPTURED;
    }

    Confirmed committed(Instant now) {
      return settling(
          order
              .change(now)
              .goods(GoodsStatus.COMMITTED)
              .stepOnce("item", "COMMIT", "COMMITTED", ""));
    }

    Confirmed captured(Instant now) {
      return settling(
          order
              .change(now)
              .payment(PaymentStatus.CAPTURED)
              .stepOnce("payment", "CAPTURE", "CAPTURED", ""));
    }

    // Both halves are announced together: each announcement makes two participants look.
    private Confirmed settling(Order.Change change) {
      Confirmed next = new Confirmed(change.done());
      return next.settled() && !settled() ? new Confirmed(change.announced().done()) : next;
    }

    Cancelled captureFailed(String reason, Instant now) {
      return new Cancelled(
          order
              .change(now)
              .announced()
              .status(CANCELLED)
              .reason(Saga.CAPTURE_FAILED)
              .step("payment", "CAPTURE", "CAPTURE_FAILED", reason)
              .step("order", "CANCEL", CANCELLED.name(), Saga.CAPTURE_FAILED)
              .done());
    }

    Cancelled cancel(String traceparent, Instant now) {
      return new Cancelled(
          order
              .change(now)
              .announced()
              .status(CANCELLED)
              .reason(Saga.BY_BUYER)
              .step("order", "CANCEL", CANCELLED.name(), Saga.BY_BUYER, traceparent)
              .done());
    }

    Decided ship(long sellerId, String traceparent, Instant now) {
      Purchase next = order.purchase().fulfil(sellerId, Fulfilment.SHIPPED);
      Order.Change change =
          order
              .change(now)
              .announced()
              .purchase(next)
              .step("order", "SHIP", "SHIPPED", "", traceparent);
      return next.all(Fulfilment.SHIPPED)
          ? new Shipped(change.status(SHIPPED).done())
          : new Confirmed(change.done());
    }

    /** The seller's lines arrive while another seller's have not left. */
    Confirmed deliver(long sellerId, String traceparent, Instant now) {
      return new Confirmed(Shipped.delivering(order, sellerId, traceparent, now).done());
    }
  }

  /** Every line is on its way or has arrived, not all have arrived. */
  record Shipped(Order order) implements Decided {
    public Shipped {
      insist(order, SHIPPED);
    }

    Decided deliver(long sellerId, String traceparent, Instant now) {
      Order.Change change = delivering(order, sellerId, traceparent, now);
      return change.done().purchase().all(Fulfilment.DELIVERED)
          ? new Delivered(change.status(DELIVERED).done())
          : new Shipped(change.done());
    }

    private static Order.Change delivering(
        Order order, long sellerId, String traceparent, Instant now) {
      return order
          .change(now)
          .announced()
          .purchase(order.purchase().fulfil(sellerId, Fulfilment.DELIVERED))
          .step("order", "DELIVER", "DELIVERED", "", traceparent);
    }
  }

  /** Every line has arrived. */
  record Delivered(Order order) implements Decided {
    public Delivered {
      insist(order, DELIVERED);
    }

    Returned giveBack(String traceparent, Instant now) {
      return new Returned(
          order
              .change(now)
              .announced()
              .status(RETURNED)
              .purchase(order.purchase().fulfilAll(Fulfilment.RETURNED))
              .step("order", "RETURN", "RETURNED", "", traceparent)
              .done());
    }
  }

  /** Stock or payment said no. */
  record Rejected(Order order) implements Undone {
    public Rejected {
      insist(order, REJECTED);
    }
  }

  /** The deadline, the buyer or a failed capture ended it. */
  record Cancelled(Order order) implements Undone {
    public Cancelled {
      insist(order, CANCELLED);
    }
  }

  /** The buyer sent everything back. */
  record Returned(Order order) implements Undone {
    public Returned {
      insist(order, RETURNED);
    }
  }
}
