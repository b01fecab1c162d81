package jangteo.order.audit.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A part of all order ids. The ids are hashes, so equal slices have about equally many orders; and
 * what is kept of the topic for one slice fits in memory, however many orders there are.
 *
 * @param after the orders behind this id
 * @param until and before this one, as text
 */
record Slice(UUID after, String until) {

  private static final String BEHIND_ALL = "g";

  /** So many slices that each has at most {@code most} orders, or a few more. */
  static List<Slice> of(long orders, int most) {
    long slices = Math.max(1, Math.ceilDiv(orders, most));
    List<Slice> all = new ArrayList<>();
    for (long i = 0; i < slices; i++) {
      String until = i + 1 == slices ? BEHIND_ALL : bound(i + 1, slices).toString();
      all.add(new Slice(bound(i, slices), until));
    }
    return all;
  }

  private static UUID bound(long i, long slices) {
    return new UUID((i * (1L << 32) / slices) << 32, 0);
  }

  boolean contains(String orderId) {
    return orderId.compareTo(after.toString()) > 0 && endsBehind(orderId);
  }

  boolean endsBehind(String orderId) {
    return orderId.compareTo(until) < 0;
  }
}
