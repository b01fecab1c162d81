package jangteo.review.events;

import jangteo.chassis.events.Record;
import jangteo.chassis.events.UnprocessableException;
import jangteo.order.v1.Fulfilment;
import jangteo.order.v1.Order;
import jangteo.order.v1.OrderEvent;
import jangteo.order.v1.OrderLine;
import jangteo.review.domain.Purchase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a record of the topic {@code orders} says of who bought what. */
final class OrderRecords {

  private OrderRecords() {}

  private record Goods(long productId, long sellerId) {}

  /**
   * One purchase per product and seller of the order; none while the order is undecided.
   *
   * @throws UnprocessableException for what is no order
   */
  static List<Purchase> purchases(Record record) {
    Order order = record.parse(OrderEvent.parser()).getOrder();
    return switch (order.getStatus()) {
      case ORDER_STATUS_PLACED -> List.of();
      case ORDER_STATUS_CONFIRMED, ORDER_STATUS_SHIPPED, ORDER_STATUS_DELIVERED ->
          purchases(order, true);
      case ORDER_STATUS_REJECTED, ORDER_STATUS_CANCELLED, ORDER_STATUS_RETURNED ->
          purchases(order, false);
      case ORDER_STATUS_UNSPECIFIED, UNRECOGNIZED ->
          throw new UnprocessableException("order status " + order.getStatusValue());
    };
  }

  private static List<Purchase> purchases(Order order, boolean bought) {
    UUID orderId = id(order);
    // A product may stand in several lines of a seller; one that was kept is enough.
    Map<Goods, Boolean> kept = new LinkedHashMap<>();
    for (OrderLine line : order.getLinesList()) {
      boolean verifies = bought && line.getFulfilment() != Fulfilment.FULFILMENT_RETURNED;
      kept.merge(new Goods(line.getProductId(), line.getSellerId()), verifies, Boolean::logicalOr);
    }
    return kept.entrySet().stream()
        .map(
            goods ->
                new Purchase(
                    orderId,
                    order.getVersion(),
                    order.getBuyerId(),
                    goods.getKey().productId(),
                    goods.getKey().sellerId(),
                    goods.getValue()))
        .toList();
  }

  private static UUID id(Order order) {
    try {
      return UUID.fromString(order.getOrderId());
    } catch (IllegalArgumentException e) {
      throw new UnprocessableException("an order id that is no UUID", e);
    }
  }
}
