package jangteo.order.events;

import com.google.protobuf.ByteString;
import jangteo.chassis.events.ProtoTime;
import jangteo.order.domain.Fulfilment;
import jangteo.order.domain.GoodsStatus;
import jangteo.order.domain.HistoryStep;
import jangteo.order.domain.Line;
import jangteo.order.domain.Money;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import jangteo.order.domain.PaymentChoice;
import jangteo.order.domain.PaymentMethod;
import jangteo.order.domain.PaymentStatus;
import jangteo.order.domain.Purchase;
import jangteo.order.v1.OrderEvent;
import jangteo.order.v1.OrderLine;
import jangteo.order.v1.OrderStep;
import jangteo.order.v1.PaymentRequest;
import jangteo.order.v1.StoredOrder;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Orders as messages and back.
 *
 * <p>Reading throws {@link IllegalArgumentException} when a message says something that no order
 * can be.
 */
public final class OrderMessages {
  private static final HexFormat HEX = HexFormat.of();

  private OrderMessages() {}

  /** The order with its history, as it goes out on its topic. */
  public static OrderEvent.Builder event(Order order) {
    OrderEvent.Builder event =
        OrderEvent.newBuilder()
            .setOrder(message(order))
            .setAt(ProtoTime.of(order.changedAt()))
            .setRequestHash(ByteString.copyFrom(HEX.parseHex(order.purchase().requestHash())));
    for (HistoryStep step : order.history()) {
      event.addHistory(
          OrderStep.newBuilder()
              .setAt(ProtoTime.of(step.at()))
              .setService(step.service())
              .setStep(step.step())
              .setOutcome(step.outcome())
              .setReason(step.reason())
              .setTraceId(step.traceId()));
    }
    return event;
  }

  /** The order as the saga's store keeps it. */
  public static StoredOrder stored(Order order) {
    return StoredOrder.newBuilder()
        .setEvent(event(order))
        .setTraceparent(order.purchase().traceparent())
        .build();
  }

  public static Order order(StoredOrder stored) {
    return order(stored.getEvent(), stored.getTraceparent());
  }

  /**
   * The order that an event tells of.
   *
   * @param traceparent of the request that placed it, empty when unknown
   */
  public static Order order(OrderEvent event, String traceparent) {
    jangteo.order.v1.Order order = event.getOrder();
    return new Order(
        purchase(order, HEX.formatHex(event.getRequestHash().toByteArray()), traceparent),
        order.getVersion(),
        status(order.getStatus()),
        order.getReason(),
        GoodsStatus.valueOf(order.getGoodsStatus()),
        PaymentStatus.valueOf(order.getPaymentStatus()),
        ProtoTime.instant(order.getPlacedAt()),
        ProtoTime.instant(order.getDeadline()),
        ProtoTime.instant(event.getAt()),
        event.getHistoryList().stream().map(OrderMessages::step).toList());
  }

  /** What was asked for, as a {@code PLACE} command carries it. */
  public static Purchase purchase(
      jangteo.order.v1.Order order, String requestHash, String traceparent) {
    return new Purchase(
        UUID.fromString(order.getOrderId()),
        order.getBuyerId(),
        order.getLinesList().stream().map(OrderMessages::line).toList(),
        money(order.getTotal()),
        new PaymentChoice(method(order.getPayment().getMethod()), order.getPayment().getToken()),
        order.getAddressId(),
        requestHash,
        traceparent);
  }

  /** The content of an order without its life. */
  public static jangteo.order.v1.Order.Builder message(Purchase purchase) {
    jangteo.order.v1.Order.Builder order =
        jangteo.order.v1.Order.newBuilder()
            .setOrderId(purchase.orderId().toString())
            .setVersion(1)
            .setStatus(jangteo.order.v1.OrderStatus.ORDER_STATUS_PLACED)
            .setBuyerId(purchase.buyerId())
            .setTotal(message(purchase.total()))
            .setPayment(
                PaymentRequest.newBuilder()
                    .setMethod(message(purchase.payment().method()))
                    .setToken(purchase.payment().token()))
            .setPaymentStatus(PaymentStatus.NONE.name())
            .setGoodsStatus(GoodsStatus.NONE.name())
            .setAddressId(purchase.addressId());
    purchase.lines().forEach(line -> order.addLines(message(line)));
    return order;
  }

  private static jangteo.order.v1.Order message(Order order) {
    jangteo.order.v1.Order.Builder message =
        message(order.purchase())
            .setVersion(order.version())
            .setStatus(
                jangteo.order.v1.OrderStatus.valueOf("ORDER_STATUS_" + order.status().name()))
            .setReason(order.reason())
            .setPaymentStatus(order.payment().name())
            .setGoodsStatus(order.goods().name())
            .setPlacedAt(ProtoTime.of(order.placedAt()))
            .setDeadline(ProtoTime.of(order.deadline()));
    order.endedAt().ifPresent(at -> message.setEndedAt(ProtoTime.of(at)));
    return message.build();
  }

  private static OrderLine message(Line line) {
    return OrderLine.newBuilder()
        .setProductId(line.productId())
        .setProductName(line.productName())
        .setListingId(line.listingId())
        .setListingVersion(line.listingVersion())
        .setSellerId(line.sellerId())
        .setQuantity(line.quantity())
        .setPrice(message(line.price()))
        .setFulfilment(
            jangteo.order.v1.Fulfilment.valueOf("FULFILMENT_" + line.fulfilment().name()))
        .build();
  }

  private static Line line(OrderLine line) {
    return new Line(
        line.getProductId(),
        line.getProductName(),
        line.getListingId(),
        line.getListingVersion(),
        line.getSellerId(),
        line.getQuantity(),
        money(line.getPrice()),
        Fulfilment.valueOf(line.getFulfilment().name().substring("FULFILMENT_".length())));
  }

  private static HistoryStep step(OrderStep step) {
    return new HistoryStep(
        ProtoTime.instant(step.getAt()),
        step.getService(),
        step.getStep(),
        step.getOutcome(),
        step.getReason(),
        step.getTraceId());
  }

  private static OrderStatus status(jangteo.order.v1.OrderStatus status) {
    return OrderStatus.valueOf(status.name().substring("ORDER_STATUS_".length()));
  }

  private static PaymentMethod method(jangteo.order.v1.PaymentMethod method) {
    return PaymentMethod.valueOf(method.name().substring("PAYMENT_METHOD_".length()));
  }

  private static jangteo.order.v1.PaymentMethod message(PaymentMethod method) {
    return switch (method) {
      case WALLET -> jangteo.order.v1.PaymentMethod.PAYMENT_METHOD_WALLET;
      case CARD -> jangteo.order.v1.PaymentMethod.PAYMENT_METHOD_CARD;
    };
  }

  private static Money money(jangteo.type.v1.Money money) {
    return new Money(money.getAmount(), money.getCurrency());
  }

  private static jangteo.type.v1.Money message(Money money) {
    return jangteo.type.v1.Money.newBuilder()
        .setAmount(money.amount())
        .setCurrency(money.currency())
        .build();
  }
}
