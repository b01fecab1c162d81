package jangteo.order.saga;

import static jangteo.order.domain.Fulfilment.DELIVERED;
import static jangteo.order.domain.Fulfilment.SHIPPED;
import static jangteo.order.saga.Refusal.ALREADY_SHIPPED;
import static jangteo.order.saga.Refusal.IDEMPOTENCY_KEY_REUSED;
import static jangteo.order.saga.Refusal.NOT_CANCELLABLE;
import static jangteo.order.saga.Refusal.NOT_DELIVERED;
import static jangteo.order.saga.Refusal.NOT_SETTLED;
import static jangteo.order.saga.Refusal.NOT_SHIPPABLE;
import static jangteo.order.saga.Refusal.NOT_SHIPPED;
import static jangteo.order.saga.Refusal.UNKNOWN_ORDER;
import static jangteo.order.saga.Transition.announce;
import static jangteo.order.saga.Transition.announceIfNew;
import static jangteo.order.saga.Transition.done;
import static jangteo.order.saga.Transition.refuse;
import static jangteo.order.saga.Transition.still;
import static jangteo.order.saga.Undoing.back;
import static jangteo.order.saga.Undoing.tooLate;

import jangteo.order.domain.GoodsStatus;
import jangteo.order.domain.Order;
import jangteo.order.domain.PaymentStatus;
import jangteo.order.domain.Purchase;
import jangteo.order.saga.OrderState.Cancelled;
import jangteo.order.saga.OrderState.Confirmed;
import jangteo.order.saga.OrderState.Decided;
import jangteo.order.saga.OrderState.Delivered;
import jangteo.order.saga.OrderState.Known;
import jangteo.order.saga.OrderState.NotPlaced;
import jangteo.order.saga.OrderState.Placed;
import jangteo.order.saga.OrderState.Rejected;
import jangteo.order.saga.OrderState.Returned;
import jangteo.order.saga.OrderState.Shipped;
import jangteo.order.saga.OrderState.Undone;
import jangteo.order.saga.SagaEvent.Cancel;
import jangteo.order.saga.SagaEvent.CaptureFailed;
import jangteo.order.saga.SagaEvent.Command;
import jangteo.order.saga.SagaEvent.DeadlinePassed;
import jangteo.order.saga.SagaEvent.Deliver;
import jangteo.order.saga.SagaEvent.PaymentAccepted;
import jangteo.order.saga.SagaEvent.PaymentCaptured;
import jangteo.order.saga.SagaEvent.PaymentExpired;
import jangteo.order.saga.SagaEvent.PaymentRefunded;
import jangteo.order.saga.SagaEvent.PaymentRejected;
import jangteo.order.saga.SagaEvent.PaymentReply;
import jangteo.order.saga.SagaEvent.PaymentVoided;
import jangteo.order.saga.SagaEvent.Place;
import jangteo.order.saga.SagaEvent.Resumed;
import jangteo.order.saga.SagaEvent.Return;
import jangteo.order.saga.SagaEvent.Ship;
import jangteo.order.saga.SagaEvent.StockAccepted;
import jangteo.order.saga.SagaEvent.StockCommitted;
import jangteo.order.saga.SagaEvent.StockExpired;
import jangteo.order.saga.SagaEvent.StockRejected;
import jangteo.order.saga.SagaEvent.StockReleased;
import jangteo.order.saga.SagaEvent.StockReply;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The transition table of the order saga (design, section 7).
 *
 * <p>Three promises: an order is decided once (it leaves {@link Placed} once, and what comes after
 * {@link Confirmed} is only a cancel before the first shipped line, a failed capture, and
 * fulfilment); it is never confirmed unless item and payment have both accepted; and at its
 * deadline it is decided, whoever is silent. A late or repeated acceptance is answered with the
 * decision again, so that whoever still holds goods or money hears that the order is over.
 */
public final class Saga {
  public static final String TIMEOUT = "TIMEOUT";
  public static final String STOCK_TIMEOUT = "STOCK_TIMEOUT";
  public static final String PAYMENT_TIMEOUT = "PAYMENT_TIMEOUT";
  public static final String BY_BUYER = "BY_BUYER";
  public static final String CAPTURE_FAILED = "CAPTURE_FAILED";

  /** Refunds in parts have no end of their own, and an order has to fit into a record. */
  private static final int LONGEST_HISTORY = 200;

  private final Duration patience;

  /**
   * @param patience how long an order may stay open, counted from its recording: time a command
   *     spends waiting for the saga is not taken from the participants
   */
  public Saga(Duration patience) {
    this.patience = patience;
  }

  /** What {@code event} does to an order in {@code state} at {@code now}. */
  public Transition on(OrderState state, SagaEvent event, Instant now) {
    return switch (state) {
      case NotPlaced none -> notPlaced(none, event, now);
      case Placed placed -> placed(placed, event, now);
      case Confirmed confirmed -> confirmed(confirmed, event, now);
      case Shipped shipped -> shipped(shipped, event, now);
      case Delivered delivered -> delivered(delivered, event, now);
      case Rejected rejected -> undone(rejected, event, now);
      case Cancelled cancelled -> undone(cancelled, event, now);
      case Returned returned -> undone(returned, event, now);
    };
  }

  private Transition notPlaced(NotPlaced none, SagaEvent event, Instant now) {
    return switch (event) {
      case Place p -> done(p, new Placed(Order.placed(p.purchase(), now, now.plus(patience))));
      case Command other -> refuse(none, other, UNKNOWN_ORDER);
      case StockReply _, PaymentReply _, DeadlinePassed _, Resumed _ -> still(none);
    };
  }

  private static Transition placed(Placed it, SagaEvent event, Instant now) {
    return switch (event) {
      case StockAccepted _ -> confirmOrWait(it.reserved(now), now);
      case PaymentAccepted _ -> confirmOrWait(it.authorised(now), now);
      case StockRejected no -> announce(it.rejectedByStock(no.reason(), now));
      case PaymentRejected no -> announce(it.rejectedByPayment(no.reason(), now));
      case DeadlinePassed _ -> late(it, now) ? announce(it.cancel(silent(it), now)) : still(it);
      case Resumed late -> still(it.resumed(late.reason(), now));
      case StockExpired _ -> still(it.silent("item", "RESERVE", now));
      case PaymentExpired _ -> still(it.silent("payment", "AUTHORIZE", now));
      case Place again -> repeated(it, again);
      case Cancel c -> buyer(it, c, c.memberId(), () -> done(c, it.cancel(BY_BUYER, now)));
      case Ship s -> seller(it, s, s.sellerId(), () -> refuse(it, s, NOT_SETTLED));
      case Deliver d -> seller(it, d, d.sellerId(), () -> refuse(it, d, NOT_SHIPPED));
      case Return r -> buyer(it, r, r.memberId(), () -> refuse(it, r, NOT_DELIVERED));
      case StockCommitted _, StockReleased _ -> still(it);
      case PaymentCaptured _, CaptureFailed _, PaymentVoided _, PaymentRefunded _ -> still(it);
    };
  }

  private static Transition confirmed(Confirmed it, SagaEvent event, Instant now) {
    return switch (event) {
      case StockCommitted _ -> announceIfNew(it, it.committed(now));
      case PaymentCaptured _ -> announceIfNew(it, it.captured(now));
      case CaptureFailed no ->
          it.order().payment() == PaymentStatus.CAPTURED
              ? still(it)
              : announce(it.captureFailed(no.reason(), now));
      case PaymentRefunded some -> refundedInPart(it, some.part(), now);
      case StockAccepted _, PaymentAccepted _ -> announce(it);
      case Place again -> repeated(it, again);
      case Cancel c ->
          buyer(
              it,
              c,
              c.memberId(),
              () ->
                  it.order().purchase().nothingShipped()
                      ? done(c, it.cancel(c.traceparent(), now))
                      : refuse(it, c, ALREADY_SHIPPED));
      case Ship s -> seller(it, s, s.sellerId(), () -> ship(it, s, now));
      case Deliver d ->
          seller(
              it,
              d,
              d.sellerId(),
              () -> deliver(it, d, () -> it.deliver(d.sellerId(), d.traceparent(), now)));
      case Return r -> buyer(it, r, r.memberId(), () -> refuse(it, r, NOT_DELIVERED));
      case StockRejected _, StockReleased _, StockExpired _ -> still(it);
      case PaymentRejected _, PaymentVoided _, PaymentExpired _ -> still(it);
      case DeadlinePassed _, Resumed _ -> still(it);
    };
  }

  private static Transition shipped(Shipped it, SagaEvent event, Instant now) {
    return switch (event) {
      case Deliver d ->
          seller(
              it,
              d,
              d.sellerId(),
              () -> deliver(it, d, () -> it.deliver(d.sellerId(), d.traceparent(), now)));
      case Ship s -> seller(it, s, s.sellerId(), () -> done(s, it));
      case Cancel c -> buyer(it, c, c.memberId(), () -> refuse(it, c, ALREADY_SHIPPED));
      case Return r -> buyer(it, r, r.memberId(), () -> refuse(it, r, NOT_DELIVERED));
      case Place again -> repeated(it, again);
      case PaymentRefunded some -> refundedInPart(it, some.part(), now);
      case StockAccepted _, PaymentAccepted _ -> announce(it);
      case StockReply _, PaymentReply _, DeadlinePassed _, Resumed _ -> still(it);
    };
  }

  private static Transition delivered(Delivered it, SagaEvent event, Instant now) {
    return switch (event) {
      case Return r -> buyer(it, r, r.memberId(), () -> done(r, it.giveBack(r.traceparent(), now)));
      case Ship s -> seller(it, s, s.sellerId(), () -> done(s, it));
      case Deliver d -> seller(it, d, d.sellerId(), () -> done(d, it));
      case Cancel c -> buyer(it, c, c.memberId(), () -> refuse(it, c, ALREADY_SHIPPED));
      case Place again -> repeated(it, again);
      case PaymentRefunded some -> refundedInPart(it, some.part(), now);
      case StockAccepted _, PaymentAccepted _ -> announce(it);
      case StockReply _, PaymentReply _, DeadlinePassed _, Resumed _ -> still(it);
    };
  }

  private static Transition undone(Undone it, SagaEvent event, Instant now) {
    return switch (event) {
      case StockReleased _ -> back(it, GoodsStatus.RELEASED, PaymentStatus.NONE, now);
      case PaymentVoided _ -> back(it, GoodsStatus.NONE, PaymentStatus.VOIDED, now);
      case PaymentRefunded some ->
          some.part().isEmpty()
              ? back(it, GoodsStatus.NONE, PaymentStatus.REFUNDED, now)
              : refundedInPart(it, some.part(), now);
      case StockAccepted _ -> tooLate(it, GoodsStatus.RESERVED, PaymentStatus.NONE, now);
      case PaymentAccepted _ -> tooLate(it, GoodsStatus.NONE, PaymentStatus.AUTHORIZED, now);
      case PaymentCaptured _ -> tooLate(it, GoodsStatus.NONE, PaymentStatus.CAPTURED, now);
      case StockCommitted _ -> tooLate(it, GoodsStatus.COMMITTED, PaymentStatus.NONE, now);
      case Place again -> repeated(it, again);
      case Cancel c ->
          buyer(
              it,
              c,
              c.memberId(),
              () ->
                  it.order().reason().equals(BY_BUYER)
                      ? done(c, it)
                      : refuse(it, c, NOT_CANCELLABLE));
      case Return r ->
          buyer(
              it,
              r,
              r.memberId(),
              () -> it instanceof Returned ? done(r, it) : refuse(it, r, NOT_DELIVERED));
      case Ship s -> seller(it, s, s.sellerId(), () -> refuse(it, s, NOT_SHIPPABLE));
      case Deliver d -> seller(it, d, d.sellerId(), () -> refuse(it, d, NOT_SHIPPED));
      case StockRejected _, StockExpired _ -> still(it);
      case PaymentRejected _, PaymentExpired _, CaptureFailed _ -> still(it);
      case DeadlinePassed _, Resumed _ -> still(it);
    };
  }

  // ---- what the words in the table mean

  private static Transition confirmOrWait(Placed heard, Instant now) {
    return heard.complete() ? announce(heard.confirm(now)) : still(heard);
  }

  private static boolean late(Placed placed, Instant now) {
    return !now.isBefore(placed.order().deadline());
  }

  private static String silent(Placed placed) {
    if (placed.order().goods() == GoodsStatus.RESERVED) {
      return PAYMENT_TIMEOUT;
    }
    return placed.order().payment() == PaymentStatus.AUTHORIZED ? STOCK_TIMEOUT : TIMEOUT;
  }

  private static Transition repeated(Known state, Place again) {
    Purchase recorded = state.order().purchase();
    return recorded.requestHash().equals(again.purchase().requestHash())
        ? done(again, state)
        : refuse(state, again, IDEMPOTENCY_KEY_REUSED);
  }

  private static Transition buyer(
      Known state, Command command, long memberId, Supplier<Transition> then) {
    return state.order().purchase().buyerId() == memberId
        ? then.get()
        : refuse(state, command, UNKNOWN_ORDER);
  }

  private static Transition seller(
      Known state, Command command, long sellerId, Supplier<Transition> then) {
    return state.order().purchase().sells(sellerId)
        ? then.get()
        : refuse(state, command, UNKNOWN_ORDER);
  }

  private static Transition ship(Confirmed it, Ship s, Instant now) {
    if (!it.settled()) {
      return refuse(it, s, NOT_SETTLED);
    }
    return it.order().purchase().allOf(s.sellerId(), SHIPPED)
        ? done(s, it)
        : done(s, it.ship(s.sellerId(), s.traceparent(), now));
  }

  private static Transition deliver(Decided it, Deliver d, Supplier<? extends Decided> then) {
    Purchase purchase = it.order().purchase();
    if (!purchase.allOf(d.sellerId(), SHIPPED)) {
      return refuse(it, d, NOT_SHIPPED);
    }
    return purchase.allOf(d.sellerId(), DELIVERED) ? done(d, it) : done(d, then.get());
  }

  // A refund by hand gives a part back; the order goes on.
  private static Transition refundedInPart(Decided it, String part, Instant now) {
    Order before = it.order();
    if (before.history().size() >= LONGEST_HISTORY) {
      return still(it);
    }
    Order told = before.change(now).stepOnce("payment", "REFUND", "REFUNDED", part).done();
    return told.history().size() == before.history().size()
        ? still(it)
        : announce(OrderState.of(told.change(now).announced().done()));
  }
}
