package jangteo.order.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.PathParameters;
import jangteo.order.domain.Order;
import jangteo.order.store.OrderViews.After;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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
    Page page = Page.of(request);
    Optional<After> after = page.after().map(ReadingOrders::after);
    long buyer = Access.caller(request).memberId();
    List<Order> found = orders.ofBuyer(buyer, after, page.size() + 1);
    boolean more = found.size() > page.size();
    List<Order> shown = more ? found.subList(0, page.size()) : found;
    response.send(
        Page.answer(
            orders.answers(shown), more ? Optional.of(cursor(shown.getLast())) : Optional.empty()));
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

  private static String cursor(Order last) {
    return last.placedAt().toEpochMilli() + "/" + last.orderId();
  }

  private static After after(String cursor) {
    int slash = cursor.indexOf('/');
    try {
      return new After(
          Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, Math.max(slash, 0)))),
          UUID.fromString(cursor.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      throw Page.wrongCursor();
    }
  }
}
