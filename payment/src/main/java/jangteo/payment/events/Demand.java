package jangteo.payment.events;

import jangteo.chassis.events.ProtoTime;
import jangteo.chassis.events.Record;
import jangteo.chassis.events.UnprocessableException;
import jangteo.order.v1.Order;
import jangteo.order.v1.OrderEvent;
import jangteo.payment.domain.Method;
import jangteo.payment.domain.Money;
import jangteo.payment.domain.Payment;
import jangteo.payment.domain.PaymentIds;
import jangteo.payment.domain.PaymentState;
import jangteo.payment.domain.Step;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What an event of an order asks of payment. */
record Demand(Payment payment, Step step, Optional<String> traceparent) {

  /** Empty when the order's state asks nothing of payment. */
  static Optional<Demand> read(Record record, Instant now) {
    Order order = record.parse(OrderEvent.parser()).getOrder();
    return step(order).map(step -> new Demand(payment(order, now), step, record.traceparent()));
  }

  private static Optional<Step> step(Order order) {
    return switch (order.getStatus()) {
      case ORDER_STATUS_PLACED -> Optional.of(Step.AUTHORIZING);
      case ORDER_STATUS_CONFIRMED -> Optional.of(Step.CAPTURING);
      case ORDER_STATUS_REJECTED, ORDER_STATUS_CANCELLED -> Optional.of(Step.VOIDING);
      case ORDER_STATUS_RETURNED -> Optional.of(Step.REFUNDING);
      case ORDER_STATUS_SHIPPED, ORDER_STATUS_DELIVERED -> Optional.empty();
      case ORDER_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnprocessableException("an order without a status");
    };
  }

  private static Payment payment(Order order, Instant now) {
    UUID orderId = id(order.getOrderId());
    return new Payment(
        PaymentIds.ofOrder(orderId),
        Optional.of(orderId),
        order.getBuyerId(),
        method(order),
        new Money(order.getTotal().getAmount(), order.getTotal().getCurrency()),
        order.getPayment().getToken(),
        ProtoTime.instant(order.getDeadline()),
        now,
        new PaymentState.Requested());
  }

  private static Method method(Order order) {
    return switch (order.getPayment().getMethod()) {
      case PAYMENT_METHOD_WALLET -> Method.WALLET;
      case PAYMENT_METHOD_CARD -> Method.CARD;
      case PAYMENT_METHOD_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnprocessableException("an order without a payment method");
    };
  }

  private static UUID id(String orderId) {
    try {
      return UUID.fromString(orderId);
    } catch (IllegalArgumentException e) {
      throw new UnprocessableException("the order's id is no UUID", e);
    }
  }
}
