package jangteo.item.domain;

import java.util.Map;

/** What became of a step. */
public sealed interface Outcome {

  /** Why an order's lines are not reserved. */
  enum Reason {
    OUT_OF_STOCK,
    PRICE_CHANGED,
    NOT_ON_SALE
  }

  /**
   * All lines are reserved.
   *
   * @param held pieces per listing id
   */
  record Accepted(Map<Long, Long> held) implements Outcome {
    public Accepted {
      held = Map.copyOf(held);
    }
  }

  /**
   * No line is reserved.
   *
   * @param listingId the listing that stands in the way
   */
  record Rejected(Reason reason, long listingId) implements Outcome {}

  /** The order was over before its lines could be reserved; nothing was touched. */
  record Expired() implements Outcome {}

  /** What was held is sold. */
  record Committed() implements Outcome {}

  /** What was held or sold, if anything, is on hand again. */
  record Released() implements Outcome {}
}
