package jangteo.order.events;

import jangteo.chassis.events.Record;
import jangteo.chassis.events.Subscription;
import jangteo.chassis.events.UnprocessableException;
import jangteo.order.domain.Order;
import jangteo.order.store.OrderViews;
import jangteo.order.v1.OrderEvent;
import jangteo.order.v1.OrderStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes the read model of orders from the topic {@code orders}, a poll at a time. */
public final class OrderProjection {
  /** The recent orders are read from memory (KnownOrders), so that this may take its time. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final OrderViews views;

  /** Writes into these views. */
  public OrderProjection(OrderViews views) {
    this.views = views;
  }

  /** What the service consumes for it. */
  public Subscription subscription() {
    return Subscription.to("orders")
        .group("order-views")
        .patience(PATIENCE)
        .batch(this::write)
        .build();
  }

  private void write(List<Record> records) {
    Map<UUID, Order> newest = new LinkedHashMap<>();
    for (Record record : records) {
      OrderEvent event = record.parse(OrderEvent.parser());
      if (event.getOrder().getStatus() != OrderStatus.ORDER_STATUS_UNSPECIFIED) {
        Order order = read(event, record.traceparent().orElse(""));
        newest.merge(order.orderId(), order, (a, b) -> b.version() >= a.version() ? b : a);
      }
    }
    views.write(newest.values());
  }

  private static Order read(OrderEvent event, String traceparent) {
    try {
      return OrderMessages.order(event, traceparent);
    } catch (IllegalArgumentException e) {
      throw new UnprocessableException("no order: " + e.getMessage(), e);
    }
  }
}
