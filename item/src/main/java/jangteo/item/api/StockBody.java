package jangteo.item.api;

import jangteo.chassis.web.Validation;
import org.jspecify.annotations.Nullable;

/**
 * A seller's correction of the stock, as it comes.
 *
 * @param delta pieces to add, or to take away when negative
 */
record StockBody(@Nullable Long delta) {

  /** The delta when all is well, else 422. */
  long validated() {
    var checks = new Validation();
    long valid = checks.whole("delta", delta, -ListingBody.MAX_QUANTITY, ListingBody.MAX_QUANTITY);
    checks.done();
    return valid;
  }
}
