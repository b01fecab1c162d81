package jangteo.order.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An order at one moment of its life.
 *
 * @param version grows by one with each change that is announced; 1 when placed
 * @param reason why it ended as it did, empty while nothing is wrong
 * @param deadline when it is decided at the latest
 * @param changedAt when the saga last heard something new about it
 * @param history what happened so far, oldest first
 */
public record Order(
    Purchase purchase,
    long version,
    OrderStatus status,
    String reason,
    GoodsStatus goods,
    PaymentStatus payment,
    Instant placedAt,
    Instant deadline,
    Instant changedAt,
    List<HistoryStep> history) {

  /** The step with which an order leaves {@link OrderStatus#PLACED}. */
  public static final String DECIDE = "DECIDE";

  public Order {
    history = List.copyOf(history);
  }

  /** A purchase as it is recorded. */
  public static Order placed(Purchase purchase, Instant now, Instant deadline) {
    Order blank =
        new Order(
            purchase,
            1,
            OrderStatus.PLACED,
            "",
            GoodsStatus.NONE,
            PaymentStatus.NONE,
            now,
            deadline,
            now,
            List.of());
    return blank.change(now).step("order", "PLACE", "PLACED", "").done();
  }

  public UUID orderId() {
    return purchase.orderId();
  }

  /** When the order first left PLACED; empty while it is open. */
  public Optional<Instant> endedAt() {
    return history.stream()
        .filter(step -> step.step().equals(DECIDE))
        .findFirst()
        .map(HistoryStep::at);
  }

  /** Starts a change of this order at the given time. */
  public Change change(Instant now) {
    return new Change(this, now);
  }

  /** A changed copy in the making; the version moves only with {@link #announced}. */
  public static final class Change {
    private final Order before;
    private final Instant now;
    private final List<HistoryStep> history;
    private Purchase purchase;
    private long version;
    private OrderStatus status;
    private String reason;
    private GoodsStatus goods;
    private PaymentStatus payment;

    private Change(Order before, Instant now) {
      this.before = before;
      this.now = now;
      this.history = new ArrayList<>(before.history);
      this.purchase = before.purchase;
      this.version = before.version;
      this.status = before.status;
      this.reason = before.reason;
      this.goods = before.goods;
      this.payment = before.payment;
    }

    /** Everybody is to hear of it: the version grows by one. */
    public Change announced() {
      version = before.version + 1;
      return this;
    }

    public Change status(OrderStatus next) {
      status = next;
      return this;
    }

    public Change reason(String why) {
      reason = why;
      return this;
    }

    public Change goods(GoodsStatus told) {
      goods = goods.after(told);
      return this;
    }

    public Change payment(PaymentStatus told) {
      payment = payment.after(told);
      return this;
    }

    public Change purchase(Purchase next) {
      purchase = next;
      return this;
    }

    /** Adds a step of the order's own trace. */
    public Change step(String service, String step, String outcome, String why) {
      return step(service, step, outcome, why, purchase.traceparent());
    }

    /** Adds a step that belongs to another request's trace. */
    public Change step(
        String service, String step, String outcome, String why, String traceparent) {
      history.add(new HistoryStep(now, service, step, outcome, why, traceId(traceparent)));
      return this;
    }

    /** Adds a step unless the same is there already: repeats do not grow the history. */
    public Change stepOnce(String service, String step, String outcome, String why) {
      HistoryStep told =
          new HistoryStep(now, service, step, outcome, why, traceId(purchase.traceparent()));
      if (history.stream().noneMatch(told::sameAs)) {
        history.add(told);
      }
      return this;
    }

    public Order done() {
      return new Order(
          purchase,
          version,
          status,
          reason,
          goods,
          payment,
          before.placedAt,
          before.deadline,
          now,
          history);
    }

    // version "-" trace id "-" parent id "-" flags: W3C Trace Context, section 3.2
    private static String traceId(String traceparent) {
      return traceparent.length() >= 35 ? traceparent.substring(3, 35) : "";
    }
  }
}
