package jangteo.order.saga;

import jangteo.order.domain.Purchase;

/** What can happen to an order: somebody wants something, somebody answers, or time passes. */
public sealed interface SagaEvent {

  /** A wish; it is always answered, with the order or with a {@link Refusal}. */
  sealed interface Command extends SagaEvent {
    /** A UUID per attempt, carried back by the answer. */
    String commandId();

    /** W3C trace context of the request, empty when unknown. */
    String traceparent();
  }

  /** The buyer wants the purchase recorded. */
  record Place(String commandId, Purchase purchase) implements Command {
    @Override
    public String traceparent() {
      return purchase.traceparent();
    }
  }

  /** The buyer does not want it any more. */
  record Cancel(String commandId, String traceparent, long memberId) implements Command {}

  /** A seller has sent its lines. */
  record Ship(String commandId, String traceparent, long sellerId) implements Command {}

  /** A seller's lines have arrived. */
  record Deliver(String commandId, String traceparent, long sellerId) implements Command {}

  /** The buyer sends everything back. */
  record Return(String commandId, String traceparent, long memberId) implements Command {}

  /** An answer of item. */
  sealed interface StockReply extends SagaEvent {}

  /** All lines are reserved. */
  record StockAccepted() implements StockReply {}

  /** No line is reserved. */
  record StockRejected(String reason) implements StockReply {}

  /** What was reserved is sold. */
  record StockCommitted() implements StockReply {}

  /** What was held or sold is back on hand. */
  record StockReleased() implements StockReply {}

  /** Item came after the deadline and did nothing. */
  record StockExpired() implements StockReply {}

  /** An answer of payment. */
  sealed interface PaymentReply extends SagaEvent {}

  /** The total is authorised. */
  record PaymentAccepted() implements PaymentReply {}

  record PaymentRejected(String reason) implements PaymentReply {}

  record PaymentCaptured() implements PaymentReply {}

  /** The capture failed for good. */
  record CaptureFailed(String reason) implements PaymentReply {}

  record PaymentVoided() implements PaymentReply {}

  /**
   * Money was given back.
   *
   * @param part which part, when an admin gave one back while the order goes on; a repeated answer
   *     names the same; empty when all that was left was given back
   */
  record PaymentRefunded(String part) implements PaymentReply {}

  /** Payment came after the deadline and did nothing. */
  record PaymentExpired() implements PaymentReply {}

  /** The clock on the wall has reached the order's deadline. */
  record DeadlinePassed() implements SagaEvent {}

  /**
   * The order is decided later than promised, because whoever runs it was not at work at its
   * deadline.
   *
   * @param reason such as STANDSTILL
   */
  record Resumed(String reason) implements SagaEvent {}
}
