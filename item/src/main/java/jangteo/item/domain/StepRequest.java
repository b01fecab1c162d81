package jangteo.item.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One step of one order.
 *
 * @param deadline when the order is decided at the latest
 */
public record StepRequest(UUID orderId, Step step, List<Line> lines, Instant deadline) {

  /** How far the clocks of two services may differ (DESIGN.md section 7). */
  static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  /** More than any listing holds; keeps sums far from overflow. */
  private static final long MAX_QUANTITY = 1_000_000_000_000L;

  /**
   * One line of the order.
   *
   * @param price of one piece, as the buyer saw it
   */
  public record Line(long listingId, long quantity, Price price) {
    public Line {
      if (quantity < 1 || quantity > MAX_QUANTITY) {
        throw new IllegalArgumentException(
            "a line of " + quantity + " pieces of listing " + listingId);
      }
    }
  }

  public StepRequest {
    lines = List.copyOf(lines);
  }

  /** Whether the order is over by now, whatever the stock says. */
  boolean expired(Instant now) {
    return now.isAfter(deadline.plus(CLOCK_TOLERANCE));
  }
}
