package jangteo.order.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.PathParameters;
import jangteo.order.domain.Order;

/** A buyer's own orders: the list, one of them, and its timeline. */
public final class ReadingOrders implements HttpService {
  private final KnownOrders orders;

  /** Reads these. */
  public ReadingOrders(KnownOrders orders) {
    this.orders = orders;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/api/v1/orders", Access.member(), this::list)
        .get("/api/v1/orders/{orderId}", Access.member(), this::one)
        .get("/api/v1/orders/{orderId}/timeline", Access.member(), this::timeline);
  }

  private void list(ServerRequest request, ServerResponse response) {
    long buyer = Access.caller(request).memberId();
    response.send(
        OrderPage.answer(
            request, (after, limit) -> orders.ofBuyer(buyer, after, limit), orders::answers));
  }

  private void one(ServerRequest request, ServerResponse response) {
    response.send(orders.answer(own(request)));
  }

  private void timeline(ServerRequest request, ServerResponse response) {
    response.send(TimelineAnswer.of(own(request)));
  }

  private Order own(ServerRequest request) {
    return orders.own(PathParameters.uuid(request, "orderId"), Access.caller(request).memberId());
  }
}
