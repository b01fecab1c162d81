package jangteo.order.api;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Problem;
import jangteo.order.domain.Order;
import jangteo.order.events.OrderFollower.Reply;
import jangteo.order.events.SagaCommands;
import jangteo.order.saga.Refusal;
import java.util.Locale;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * What may become of a placed order: cancel and return by its buyer, ship and deliver by the
 * sellers of its lines. The answer is the saga's own decision, not what a read model believes.
 */
public final class ChangingOrders implements HttpService {

  private interface Lookup {
    Order find(UUID orderId, long memberId);
  }

  /** The order as the caller may see it. */
  private interface Answering {
    Object answer(Order order, long memberId);
  }

  private final KnownOrders orders;
  private final SellingOrders selling;
  private final SagaCommands saga;

  /** Changes these through the saga. */
  public ChangingOrders(KnownOrders orders, SellingOrders selling, SagaCommands saga) {
    this.orders = orders;
    this.selling = selling;
    this.saga = saga;
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post(
            "/api/v1/orders/{orderId}/cancel",
            Access.member(),
            (request, response) -> bought(request, response, saga::cancel))
        .post(
            "/api/v1/orders/{orderId}/return",
            Access.member(),
            (request, response) -> bought(request, response, saga::giveBack))
        .post(
            "/api/v1/orders/{orderId}/ship",
            Access.role("SELLER"),
            (request, response) -> sold(request, response, saga::ship))
        .post(
            "/api/v1/orders/{orderId}/deliver",
            Access.role("SELLER"),
            (request, response) -> sold(request, response, saga::deliver));
  }

  private void bought(
      ServerRequest request, ServerResponse response, BiFunction<Order, Long, Reply> command) {
    change(request, response, orders::own, command, (order, buyer) -> orders.answer(order));
  }

  private void sold(
      ServerRequest request, ServerResponse response, BiFunction<Order, Long, Reply> command) {
    change(request, response, orders::sold, command, selling::answer);
  }

  private static void change(
      ServerRequest request,
      ServerResponse response,
      Lookup lookup,
      BiFunction<Order, Long, Reply> command,
      Answering answering) {
    long member = Access.caller(request).memberId();
    Order order = lookup.find(PathParameters.uuid(request, "orderId"), member);
    Reply reply = command.apply(order, member);
    if (!reply.refusal().isEmpty()) {
      throw refused(Refusal.valueOf(reply.refusal()));
    }
    response
        .status(Status.ACCEPTED_202)
        .send(answering.answer(reply.order().orElse(order), member));
  }

  private static RuntimeException refused(Refusal why) {
    String detail =
        switch (why) {
          case UNKNOWN_ORDER -> throw KnownOrders.unknown();
          case NOT_CANCELLABLE -> "The order has ended.";
          case ALREADY_SHIPPED -> "A part of the order is on its way already.";
          case NOT_SETTLED -> "The order is not paid and committed yet.";
          case NOT_SHIPPABLE -> "The order has ended and is not shipped any more.";
          case NOT_SHIPPED -> "A line of the seller is not shipped.";
          case NOT_DELIVERED -> "The order has not arrived yet.";
          case IDEMPOTENCY_KEY_REUSED -> "The order was placed with another request.";
        };
    return Problem.conflict(detail)
        .ofKind(why.name().toLowerCase(Locale.ROOT).replace('_', '-'), "Not possible any more")
        .exception();
  }
}
