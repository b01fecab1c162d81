package jangteo.order.saga;

import jangteo.order.domain.Fulfilment;
import jangteo.order.domain.Line;
import jangteo.order.domain.Money;
import jangteo.order.domain.PaymentChoice;
import jangteo.order.domain.PaymentMethod;
import jangteo.order.domain.Purchase;
import java.util.List;
import java.util.UUID;

/** Purchases for tests: one buyer, one or two sellers. */
public final class Orders {
  public static final long BUYER = 7;
  public static final long SELLER = 42;
  public static final long OTHER_SELLER = 43;
  public static final String TRACEPARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private Orders() {}

  public static Purchase teapot(UUID orderId) {
    return purchase(orderId, "7ea907", line(1, SELLER, 12_900));
  }

  public static Purchase teapotAndCup(UUID orderId) {
    return purchase(orderId, "b074", line(1, SELLER, 12_900), line(2, OTHER_SELLER, 4_000));
  }

  public static Purchase otherRequest(UUID orderId) {
    return purchase(orderId, "a07e", line(2, OTHER_SELLER, 4_000));
  }

  private static Purchase purchase(UUID orderId, String hash, Line... lines) {
    Money total =
        List.of(lines).stream()
            .map(line -> line.price().times(line.quantity()))
            .reduce(Money::plus)
            .orElseThrow();
    return new Purchase(
        orderId,
        BUYER,
        List.of(lines),
        total,
        new PaymentChoice(PaymentMethod.CARD, "tok_ok"),
        0,
        hash,
        TRACEPARENT);
  }

  private static Line line(long product, long seller, long price) {
    return new Line(
        product,
        "찻주전자 " + product,
        1000 + product,
        1,
        seller,
        1,
        new Money(price, "KRW"),
        Fulfilment.OPEN);
  }
}
