package jangteo.order.saga.runner;

import com.google.protobuf.InvalidProtocolBufferException;
import jangteo.order.domain.Order;
import jangteo.order.events.OrderMessages;
import jangteo.order.saga.OrderState;
import jangteo.order.v1.StoredOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The orders of one partition: the open ones, and beside them those decided lately.
 *
 * <p>They are two stores, so that a task that starts finds the open orders without reading a day of
 * decided ones.
 */
final class OrderStores {
  private static final String OPEN = "open-orders";
  private static final String DECIDED = "decided-orders";

  private final KeyValueStore<String, byte[]> open;
  private final KeyValueStore<String, byte[]> decided;
  private String sweptUpTo = "";

  OrderStores(ProcessorContext<?, ?> context) {
    this.open = context.getStateStore(OPEN);
    this.decided = context.getStateStore(DECIDED);
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> open() {
    return builder(OPEN);
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> decided() {
    return builder(DECIDED);
  }

  // No cache: with a commit every few milliseconds it would save nothing. Small segments and an
  // eager cleaner keep the changelog, and with it a restore, near the size of the store.
  private static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withLoggingEnabled(
            Map.of(
                "segment.bytes", "33554432",
                "segment.ms", "600000",
                "min.cleanable.dirty.ratio", "0.2",
                "delete.retention.ms", "3600000"))
        .withCachingDisabled();
  }

  Optional<OrderState> find(String orderId) {
    byte[] value = open.get(orderId);
    if (value == null) {
      value = decided.get(orderId);
    }
    return value == null ? Optional.empty() : Optional.of(OrderState.of(order(value)));
  }

  void keep(String orderId, OrderState before, OrderState after) {
    switch (after) {
      case OrderState.NotPlaced _ -> {}
      case OrderState.Placed placed -> open.put(orderId, bytes(placed.order()));
      case OrderState.Decided decision -> {
        if (before instanceof OrderState.Placed) {
          open.delete(orderId);
        }
        decided.put(orderId, bytes(decision.order()));
      }
    }
  }

  void eachOpen(Consumer<Order> consumer) {
    try (KeyValueIterator<String, byte[]> all = open.all()) {
      all.forEachRemaining(entry -> consumer.accept(order(entry.value)));
    }
  }

  /**
   * Deletes what was last changed before {@code horizon}. It goes on where the last call stopped
   * and takes at most {@code budget}, so that a large store delays nobody.
   */
  void sweep(Instant horizon, Duration budget) {
    long end = System.nanoTime() + budget.toNanos();
    try (KeyValueIterator<String, byte[]> rest = decided.range(sweptUpTo, null)) {
      while (rest.hasNext() && System.nanoTime() < end) {
        KeyValue<String, byte[]> entry = rest.next();
        sweptUpTo = entry.key;
        if (order(entry.value).changedAt().isBefore(horizon)) {
          decided.delete(entry.key);
        }
      }
      if (!rest.hasNext()) {
        sweptUpTo = "";
      }
    }
  }

  private static byte[] bytes(Order order) {
    return OrderMessages.stored(order).toByteArray();
  }

  private static Order order(byte[] value) {
    try {
      return OrderMessages.order(StoredOrder.parseFrom(value));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the saga's own store holds no order", e);
    }
  }
}
