package jangteo.item.domain;

import jangteo.item.domain.Outcome.Accepted;
import jangteo.item.domain.Outcome.Reason;
import jangteo.item.domain.Outcome.Rejected;
import jangteo.item.domain.StepRequest.Line;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Whether an order's lines can be had: all of them, or none (DESIGN.md section 7). The first line
 * that stands in the way gives the reason.
 */
final class Reserving {

  private Reserving() {}

  /**
   * {@link Accepted} or {@link Rejected}.
   *
   * @param listings the listings as they are now; empty for one that does not exist
   */
  static Outcome judge(List<Line> lines, LongFunction<Optional<Listing>> listings) {
    Map<Long, Long> wanted = new LinkedHashMap<>();
    for (Line line : lines) {
      Optional<Listing> listing = listings.apply(line.listingId());
      if (listing.isEmpty() || !listing.get().onSale()) {
        return new Rejected(Reason.NOT_ON_SALE, line.listingId());
      }
      if (!listing.get().price().equals(line.price())) {
        return new Rejected(Reason.PRICE_CHANGED, line.listingId());
      }
      // Lines of one listing are summed before they are compared with its stock.
      long sum = wanted.merge(line.listingId(), line.quantity(), Long::sum);
      if (!listing.get().stock().covers(sum)) {
        return new Rejected(Reason.OUT_OF_STOCK, line.listingId());
      }
    }
    return new Accepted(wanted);
  }
}
