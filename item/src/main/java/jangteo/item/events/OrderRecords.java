package jangteo.item.events;

import jangteo.chassis.events.ProtoTime;
import jangteo.chassis.events.Record;
import jangteo.chassis.events.UnprocessableException;
import jangteo.item.domain.Price;
import jangteo.item.domain.Step;
import jangteo.item.domain.StepRequest;
import jangteo.item.domain.StepRequest.Line;
import jangteo.order.v1.Order;
import jangteo.order.v1.OrderEvent;
import jangteo.order.v1.OrderLine;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a record of the topic {@code orders} asks of the stock. */
final class OrderRecords {

  private OrderRecords() {}

  /**
   * The step; empty when the order's status asks for none.
   *
   * @throws UnprocessableException for what is no order
   */
  static Optional<StepRequest> step(Record record) {
    Order order = record.parse(OrderEvent.parser()).getOrder();
    return step(order).map(step -> request(order, step));
  }

  private static Optional<Step> step(Order order) {
    return switch (order.getStatus()) {
      case ORDER_STATUS_PLACED -> Optional.of(Step.RESERVE);
      case ORDER_STATUS_CONFIRMED -> Optional.of(Step.COMMIT);
      case ORDER_STATUS_REJECTED, ORDER_STATUS_CANCELLED, ORDER_STATUS_RETURNED ->
          Optional.of(Step.RELEASE);
      case ORDER_STATUS_SHIPPED, ORDER_STATUS_DELIVERED -> Optional.empty();
      case ORDER_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnprocessableException("order status " + order.getStatusValue());
    };
  }

  private static StepRequest request(Order order, Step step) {
    try {
      return new StepRequest(
          UUID.fromString(order.getOrderId()),
          step,
          lines(order),
          ProtoTime.instant(order.getDeadline()));
    } catch (IllegalArgumentException e) {
      throw new UnprocessableException(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<Line> lines(Order order) {
    if (order.getLinesCount() == 0) {
      throw new UnprocessableException("an order without lines");
    }
    return order.getLinesList().stream().map(OrderRecords::line).toList();
  }

  private static Line line(OrderLine line) {
    return new Line(
        line.getListingId(),
        line.getQuantity(),
        new Price(line.getPrice().getAmount(), line.getPrice().getCurrency()));
  }
}
