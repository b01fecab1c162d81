package jangteo.order.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Money;
import jangteo.order.api.OrderAnswer.Line;
import jangteo.order.domain.Order;
import jangteo.order.shipping.Destination;
import jangteo.order.shipping.Destinations;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A seller's orders: the lines that are the seller's own, and where they go. */
public final class SellingOrders implements HttpService {
  private final KnownOrders orders;
  private final Destinations destinations;

  /** Reads these. */
  public SellingOrders(KnownOrders orders, Destinations destinations) {
    this.orders = orders;
    this.destinations = destinations;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/api/v1/seller/orders", Access.role("SELLER"), this::list);
  }

  private void list(ServerRequest request, ServerResponse response) {
    long seller = Access.caller(request).memberId();
    response.send(
        OrderPage.answer(
            request,
            (after, limit) -> orders.ofSeller(seller, after, limit),
            shown -> answers(shown, seller)));
  }

  /** One of them. */
  SoldOrderAnswer answer(Order order, long seller) {
    return answers(List.of(order), seller).getFirst();
  }

  private List<SoldOrderAnswer> answers(List<Order> sold, long seller) {
    List<OrderAnswer> whole = orders.answers(sold);
    List<Destination> where = destinations.of(sold);
    return IntStream.range(0, sold.size())
        .mapToObj(i -> own(whole.get(i), seller, where.get(i)))
        .toList();
  }

  private static SoldOrderAnswer own(OrderAnswer whole, long seller, Destination where) {
    List<Line> lines =
        whole.items().stream()
            .filter(line -> line.sellerId().equals(Long.toString(seller)))
            .toList();
    long total = lines.stream().mapToLong(line -> line.quantity() * line.price().amount()).sum();
    return new SoldOrderAnswer(
        whole.orderId(),
        whole.status(),
        whole.reason(),
        whole.buyer(),
        lines,
        new Money(total, whole.total().currency()),
        where instanceof Destination.To(var address) ? Optional.of(address) : Optional.empty(),
        where instanceof Destination.Unknown(var why) ? Optional.of(why.name()) : Optional.empty(),
        whole.placedAt(),
        whole.endedAt(),
        whole.version());
  }
}
