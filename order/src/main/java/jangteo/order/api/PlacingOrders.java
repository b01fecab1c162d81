package jangteo.order.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.telemetry.Traces;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.IdempotencyKey;
import jangteo.chassis.web.Problem;
import jangteo.order.catalogue.Catalogue;
import jangteo.order.domain.Basket;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderIds;
import jangteo.order.domain.OrderStatus;
import jangteo.order.domain.Purchase;
import jangteo.order.domain.Quote;
import jangteo.order.events.OrderFollower;
import jangteo.order.events.SagaCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code POST /api/v1/orders}: prices the basket and has the saga record it. The answer comes when
 * it is recorded, or, for a client that prefers to wait, when it is decided.
 */
public final class PlacingOrders implements HttpService {

  private final Catalogue catalogue;
  private final SagaCommands saga;
  private final OrderFollower follower;
  private final KnownOrders orders;

  /** Places orders with these. */
  public PlacingOrders(
      Catalogue catalogue, SagaCommands saga, OrderFollower follower, KnownOrders orders) {
    this.catalogue = catalogue;
    this.saga = saga;
    this.follower = follower;
    this.orders = orders;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post("/api/v1/orders", Access.member(), this::place);
  }

  private void place(ServerRequest request, ServerResponse response) {
    long begun = System.nanoTime();
    long buyer = Access.caller(request).memberId();
    UUID orderId = OrderIds.of(buyer, IdempotencyKey.required(request));
    Basket basket = Body.read(request, OrderRequest.class).validated();
    Order recorded = recorded(orderId, buyer, basket, begun);
    Optional<Preference> preference = Preference.of(request);
    Order shown = preference.map(p -> decided(recorded, p.patience())).orElse(recorded);
    preference.ifPresent(p -> response.header(Preference.APPLIED, p.applied()));
    boolean waitedOut = preference.isEmpty() || shown.status() == OrderStatus.PLACED;
    response
        .status(waitedOut ? Status.ACCEPTED_202 : Status.OK_200)
        .header(HeaderNames.LOCATION, "/api/v1/orders/" + orderId)
        .send(orders.answer(shown));
  }

  // A known order is answered without asking anybody: its products may be gone by now. The read
  // model alone knows those that the saga's store has let go of.
  private Order recorded(UUID orderId, long buyer, Basket basket, long begun) {
    Optional<Order> known = orders.findPromptly(orderId);
    if (known.isPresent()) {
      if (!known.get().purchase().requestHash().equals(basket.hash())) {
        throw IdempotencyKey.reused();
      }
      return known.get();
    }
    OrderFollower.Reply reply = saga.place(orderId, () -> purchase(orderId, buyer, basket), begun);
    if (!reply.refusal().isEmpty()) {
      throw IdempotencyKey.reused();
    }
    return reply.order().orElseThrow();
  }

  private Purchase purchase(UUID orderId, long buyer, Basket basket) {
    List<Quote> quotes = catalogue.quotes(basket);
    if (!Basket.oneCurrency(quotes)) {
      throw Problem.invalid("items", "are priced in different currencies").exception();
    }
    try {
      return basket.at(quotes, orderId, buyer, Traces.traceparent().orElse(""));
    } catch (ArithmeticException e) {
      throw Problem.invalid("items", "cost more than can be paid").exception();
    }
  }

  private Order decided(Order recorded, Duration wait) {
    CompletableFuture<Order> decision = new CompletableFuture<>();
    try (OrderFollower.Watch _ =
        follower.watch(
            recorded.orderId(),
            order -> {
              if (order.status() != OrderStatus.PLACED) {
                decision.complete(order);
              }
            })) {
      Order now = follower.find(recorded.orderId()).orElse(recorded);
      return now.status() == OrderStatus.PLACED
          ? decision.get(wait.toMillis(), TimeUnit.MILLISECONDS)
          : now;
    } catch (TimeoutException e) {
      return recorded;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return recorded;
    }
  }
}
