package jangteo.order.events;

import jangteo.chassis.events.Record;
import jangteo.chassis.events.TopicFollower;
import jangteo.order.domain.Order;
import jangteo.order.v1.CommandReply;
import jangteo.order.v1.OrderEvent;
import jangteo.order.v1.OrderStatus;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The orders of the recent minutes, in memory, on every instance: it wakes requests that wait for
 * the saga and lets a client read at once what it has just written (design, section 7).
 */
public final class OrderFollower {
  private static final Duration RECENT = Duration.ofMinutes(2);

  /** What a line and a step of an order's history take in memory, with their share of the order. */
  private static final int BYTES_A_PART = 700;

  /** The part of the heap that may be filled; older orders are read from MongoDB. */
  private static final int SHARE_OF_HEAP = 6;

  /** The saga's answer to a command: the order as it then was, or none where it knows none. */
  public record Reply(Optional<Order> order, String refusal) {}

  /** What an open watch is closed with. */
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  private final long partsAtMost;

  /** In the order of the last change; guarded by itself, as is the sum of the orders' parts. */
  private final Map<UUID, Order> orders = new LinkedHashMap<>();

  private long parts;
  private final Map<String, CompletableFuture<Reply>> replies = new ConcurrentHashMap<>();
  private final Map<UUID, Set<Consumer<Order>>> watches = new ConcurrentHashMap<>();

  /** Keeps as much as this JVM's heap lets it. */
  public OrderFollower() {
    this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / BYTES_A_PART);
  }

  /**
   * Keeps at most so much.
   *
   * @param partsAtMost lines and steps of all orders
   */
  OrderFollower(long partsAtMost) {
    this.partsAtMost = partsAtMost;
  }

  /** The part of the service that keeps this up to date. */
  public TopicFollower follower() {
    return TopicFollower.of("orders").fromRecent(RECENT).each(this::hear);
  }

  /** The newest state of an order, when it is one of the recent ones. */
  public Optional<Order> find(UUID orderId) {
    synchronized (orders) {
      return Optional.ofNullable(orders.get(orderId));
    }
  }

  /** The recent orders of a buyer. */
  public List<Order> ofBuyer(long buyerId) {
    return all(order -> order.purchase().buyerId() == buyerId);
  }

  /** The recent orders in which a seller has a line. */
  public List<Order> ofSeller(long sellerId) {
    return all(order -> order.purchase().sells(sellerId));
  }

  private List<Order> all(Predicate<Order> wanted) {
    synchronized (orders) {
      return orders.values().stream().filter(wanted).toList();
    }
  }

  /** Expects the answer to a command; to be called before it is sent, and forgotten after. */
  public CompletableFuture<Reply> expect(String commandId) {
    return replies.computeIfAbsent(commandId, id -> new CompletableFuture<>());
  }

  /** Nobody waits for that answer any more. */
  public void forget(String commandId) {
    replies.remove(commandId);
  }

  /** Tells the watcher of each newer state from now on, on the follower's thread. */
  public Watch watch(UUID orderId, Consumer<Order> watcher) {
    watches.compute(
        orderId,
        (id, others) -> {
          Set<Consumer<Order>> all = others == null ? ConcurrentHashMap.newKeySet() : others;
          all.add(watcher);
          return all;
        });
    return () ->
        watches.computeIfPresent(
            orderId,
            (id, all) -> {
              all.remove(watcher);
              return all.isEmpty() ? null : all;
            });
  }

  void hear(Record record) {
    OrderEvent event = record.parse(OrderEvent.parser());
    Optional<Order> order =
        event.getOrder().getStatus() == OrderStatus.ORDER_STATUS_UNSPECIFIED
            ? Optional.empty()
            : Optional.of(OrderMessages.order(event, record.traceparent().orElse("")));
    order.ifPresent(this::hear);
    if (event.hasReply()) {
      answer(event.getReply(), order);
    }
  }

  void hear(Order order) {
    if (keepIfNewer(order)) {
      tellWatchers(order);
    }
  }

  private boolean keepIfNewer(Order order) {
    synchronized (orders) {
      Order known = orders.get(order.orderId());
      if (known != null) {
        if (known.version() >= order.version()) {
          return false;
        }
        orders.remove(order.orderId());
        parts -= parts(known);
      }
      orders.put(order.orderId(), order);
      parts += parts(order);
      letGo(order);
      return true;
    }
  }

  private void letGo(Order newest) {
    Iterator<Order> oldest = orders.values().iterator();
    while (oldest.hasNext()) {
      Order order = oldest.next();
      boolean old = order.changedAt().isBefore(newest.changedAt().minus(RECENT));
      if (!old && (parts <= partsAtMost || orders.size() == 1)) {
        return;
      }
      oldest.remove();
      parts -= parts(order);
    }
  }

  static int parts(Order order) {
    return order.purchase().lines().size() + order.history().size();
  }

  private void tellWatchers(Order order) {
    watches.getOrDefault(order.orderId(), Set.of()).forEach(watcher -> watcher.accept(order));
  }

  private void answer(CommandReply reply, Optional<Order> order) {
    CompletableFuture<Reply> waiting = replies.get(reply.getCommandId());
    if (waiting != null) {
      waiting.complete(new Reply(order, reply.getRefusal()));
    }
  }
}
