package jangteo.order.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Json;
import jangteo.chassis.web.PathParameters;
import jangteo.order.domain.Order;
import jangteo.order.domain.OrderStatus;
import jangteo.order.events.OrderFollower;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/orders/{orderId}/events}: an order's states as server-sent events (WHATWG
 * HTML, section 9.2), first the present one, then each change; it ends with the last state there
 * can be.
 */
public final class LiveStatus implements HttpService {
  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

  /** A comment now and then keeps proxies from closing a quiet stream. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** A client that is still interested connects again. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Set<OrderStatus> LAST =
      EnumSet.of(OrderStatus.REJECTED, OrderStatus.CANCELLED, OrderStatus.RETURNED);

  private final KnownOrders orders;
  private final OrderFollower follower;

  /** Tells what these hear. */
  public LiveStatus(KnownOrders orders, OrderFollower follower) {
    this.orders = orders;
    this.follower = follower;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.get("/api/v1/orders/{orderId}/events", Access.member(), this::events);
  }

  private void events(ServerRequest request, ServerResponse response) {
    UUID orderId = PathParameters.uuid(request, "orderId");
    long buyer = Access.caller(request).memberId();
    BlockingQueue<Order> changes = new LinkedBlockingQueue<>();
    try (OrderFollower.Watch _ = follower.watch(orderId, changes::add)) {
      Order present = orders.own(orderId, buyer);
      response
          .header(HeaderNames.CONTENT_TYPE, "text/event-stream")
          .header(HeaderNames.CACHE_CONTROL, "no-store");
      try (OutputStream out = response.outputStream()) {
        tell(out, present, changes, lastSeen(request));
      }
    } catch (IOException e) {
      // The client has gone away, which is how most streams end.
      return;
    }
  }

  private void tell(OutputStream out, Order present, BlockingQueue<Order> changes, long lastSeen)
      throws IOException {
    long end = System.nanoTime() + LONGEST.toNanos();
    long told = lastSeen;
    @Nullable Order next = present;
    while (true) {
      if (next == null) {
        write(out, ":\n\n");
      } else if (next.version() > told) {
        told = next.version();
        write(out, event(next));
      }
      boolean over = next != null && LAST.contains(next.status());
      if (over || System.nanoTime() > end) {
        return;
      }
      next = await(changes).orElse(null);
    }
  }

  private static Optional<Order> await(BlockingQueue<Order> changes) throws IOException {
    try {
      return Optional.ofNullable(changes.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the service is stopping", e);
    }
  }

  private String event(Order order) throws IOException {
    return "event: status\nid: %d\ndata: %s\n\n"
        .formatted(order.version(), Json.mapper().writeValueAsString(orders.answer(order)));
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  // 0 for none, or for one that is not ours: then the present state is told.
  private static long lastSeen(ServerRequest request) {
    try {
      return request.headers().first(LAST_EVENT_ID).map(Long::parseLong).orElse(0L);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
