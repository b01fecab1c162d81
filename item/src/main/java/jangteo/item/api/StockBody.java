package jangteo.item.api;

import jangteo.chassis.web.Validation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A seller's correction of the stock, as it comes.
 *
 * @param delta pieces to add, or to take away when negative
 * @param reason the seller's own words, for the history
 */
record StockBody(@Nullable Long delta, @Nullable String reason) {

  private static final int LONGEST_REASON = 200;

  /** A correction whose values are valid. */
  record Correction(long delta, Optional<String> reason) {}

  /** The correction when all is well, else 422 with every wrong field. */
  Correction validated() {
    var checks = new Validation();
    long valid = checks.whole("delta", delta, -ListingBody.MAX_QUANTITY, ListingBody.MAX_QUANTITY);
    Optional<String> words =
        Optional.ofNullable(reason).map(text -> checks.text("reason", text, 1, LONGEST_REASON));
    checks.done();
    return new Correction(valid, words);
  }
}
