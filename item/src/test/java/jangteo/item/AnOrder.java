package jangteo.item;

import com.google.protobuf.Timestamp;
import jangteo.order.v1.Order;
import jangteo.order.v1.OrderEvent;
import jangteo.order.v1.OrderLine;
import jangteo.order.v1.OrderStatus;
import jangteo.type.v1.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** An order as the saga would tell it; five seconds to its deadline. */
final class AnOrder {

  static final long PRICE = 12_900;

  private final UUID id = UUID.randomUUID();
  private final List<OrderLine> lines = new ArrayList<>();
  private Instant deadline = Instant.now().plusSeconds(5);

  static AnOrder of(long listingId, long quantity) {
    return new AnOrder().and(listingId, quantity);
  }

  AnOrder and(long listingId, long quantity) {
    return and(listingId, quantity, PRICE);
  }

  AnOrder and(long listingId, long quantity, long price) {
    lines.add(
        OrderLine.newBuilder()
            .setListingId(listingId)
            .setQuantity(quantity)
            .setPrice(Money.newBuilder().setAmount(price).setCurrency("KRW"))
            .build());
    return this;
  }

  static AnOrder at(long listingId, long quantity, long price) {
    return new AnOrder().and(listingId, quantity, price);
  }

  AnOrder due(Instant when) {
    deadline = when;
    return this;
  }

  UUID id() {
    return id;
  }

  OrderEvent placed() {
    return event(OrderStatus.ORDER_STATUS_PLACED);
  }

  OrderEvent confirmed() {
    return event(OrderStatus.ORDER_STATUS_CONFIRMED);
  }

  OrderEvent cancelled() {
    return event(OrderStatus.ORDER_STATUS_CANCELLED);
  }

  OrderEvent returned() {
    return event(OrderStatus.ORDER_STATUS_RETURNED);
  }

  OrderEvent shipped() {
    return event(OrderStatus.ORDER_STATUS_SHIPPED);
  }

  private OrderEvent event(OrderStatus status) {
    return OrderEvent.newBuilder()
        .setOrder(
            Order.newBuilder()
                .setOrderId(id.toString())
                .setStatus(status)
                .addAllLines(lines)
                .setDeadline(
                    Timestamp.newBuilder()
                        .setSeconds(deadline.getEpochSecond())
                        .setNanos(deadline.getNano())))
        .build();
  }
}
