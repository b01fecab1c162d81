package jangteo.item.events;

import jangteo.chassis.events.Event;
import jangteo.chassis.events.ProtoTime;
import jangteo.item.domain.Outcome.Accepted;
import jangteo.item.domain.Outcome.Committed;
import jangteo.item.domain.Outcome.Expired;
import jangteo.item.domain.Outcome.Reason;
import jangteo.item.domain.Outcome.Rejected;
import jangteo.item.domain.Outcome.Released;
import jangteo.item.domain.RecordedStep;
import jangteo.item.v1.StockOutcome;
import jangteo.item.v1.StockReply;

/** The answer to a step, as an event to the topic {@code stock}. */
final class StockReplies {

  private StockReplies() {}

  static Event of(RecordedStep step) {
    StockReply.Builder reply =
        StockReply.newBuilder()
            .setOrderId(step.orderId().toString())
            .setAt(ProtoTime.of(step.at()));
    switch (step.outcome()) {
      case Accepted accepted -> reply.setOutcome(StockOutcome.STOCK_OUTCOME_ACCEPTED);
      case Rejected(Reason reason, long listingId) ->
          reply
              .setOutcome(StockOutcome.STOCK_OUTCOME_REJECTED)
              .setReason(reason.name())
              .setListingId(listingId);
      case Expired() -> reply.setOutcome(StockOutcome.STOCK_OUTCOME_EXPIRED);
      case Committed() -> reply.setOutcome(StockOutcome.STOCK_OUTCOME_COMMITTED);
      case Released() -> reply.setOutcome(StockOutcome.STOCK_OUTCOME_RELEASED);
    }
    return Event.of("stock", step.orderId().toString(), reply.build());
  }
}
