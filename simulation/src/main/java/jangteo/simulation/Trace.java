package jangteo.simulation;

import jangteo.order.domain.Purchase;
import jangteo.order.saga.SagaEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What happened in a history: always a fingerprint of its order, and its whole text when it is
 * replayed.
 */
final class Trace {
  private final Scheduler scheduler;
  private final boolean written;
  private final List<String> lines = new ArrayList<>();
  private final Map<UUID, String> names = new HashMap<>();
  private long fingerprint;

  Trace(Scheduler scheduler, boolean written) {
    this.scheduler = scheduler;
    this.written = written;
  }

  /** Gives an order the name by which it is called in the text. */
  void name(UUID order, String name) {
    names.put(order, name);
  }

  /** Something that makes this interleaving another one than without it. */
  void happened(String where, UUID order, Object what) {
    fingerprint = (fingerprint ^ where.hashCode()) * 0x9E3779B97F4A7C15L;
    fingerprint = (fingerprint ^ order.hashCode() ^ kind(what)) * 0xD1B54A32D192ED03L;
    fingerprint ^= fingerprint >>> 29;
    if (written) {
      line(where, names.getOrDefault(order, order.toString()) + " " + text(what));
    }
  }

  /** Something that happened to a service rather than to an order. */
  void note(String where, String what) {
    fingerprint = (fingerprint ^ where.hashCode() ^ what.length()) * 0x9E3779B97F4A7C15L;
    if (written) {
      line(where, what);
    }
  }

  /** Something that only a reader wants to know. */
  void detail(String where, String what) {
    if (written) {
      line(where, what);
    }
  }

  private static String text(Object what) {
    if (what instanceof SagaEvent.Place(String id, Purchase purchase)) {
      String lines =
          purchase.lines().stream()
              .map(line -> line.quantity() + " of " + line.listingId())
              .collect(Collectors.joining(", "));
      return "Place[%s: %s, paid with %s %s, content %s]"
          .formatted(
              id,
              lines,
              purchase.payment().method(),
              purchase.payment().token(),
              purchase.requestHash());
    }
    return what.toString();
  }

  private void line(String where, String what) {
    lines.add(String.format(Locale.ROOT, "%11.6f  %-12s %s", scheduler.now() / 1e6, where, what));
  }

  /** Whether the text is kept. */
  boolean written() {
    return written;
  }

  long fingerprint() {
    return fingerprint;
  }

  /** One line per event; empty unless the history is replayed. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  private static int kind(Object what) {
    return what instanceof Enum<?> choice
        ? choice.name().hashCode()
        : what.getClass().getName().hashCode();
  }
}
