package jangteo.item.api;

import jangteo.chassis.web.Money;
import jangteo.chassis.web.Validation;
import jangteo.item.domain.Listing;
import jangteo.item.domain.ListingStatus;
import jangteo.item.domain.Price;
import org.jspecify.annotations.Nullable;

/**
 * A seller's listing, as it comes.
 *
 * @param quantity what is on hand
 * @param status ON_SALE when left out
 */
public record ListingBody(@Nullable Money price, @Nullable Long quantity, @Nullable String status) {

  /** Minor units: a trillion won. */
  public static final long MAX_AMOUNT = 1_000_000_000_000L;

  /** Pieces. */
  public static final long MAX_QUANTITY = 1_000_000_000L;

  /** The terms when all is well, else 422 with every wrong field. */
  Listing.Terms validated() {
    var checks = new Validation();
    Money valid = checks.money("price", price, 1, MAX_AMOUNT);
    long pieces = checks.whole("quantity", quantity, 0, MAX_QUANTITY);
    ListingStatus wanted = status(checks, status);
    checks.done();
    return new Listing.Terms(new Price(valid.amount(), valid.currency()), pieces, wanted);
  }

  /** The status; what is wrong is left with the checks. */
  public static ListingStatus status(Validation checks, @Nullable String status) {
    return status == null
        ? ListingStatus.ON_SALE
        : checks.choice("status", status, ListingStatus.class).orElse(ListingStatus.ON_SALE);
  }
}
