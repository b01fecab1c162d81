package jangteo.item.domain;

import java.util.List;
import java.util.Optional;

/**
 * What a seller says of one product among many.
 *
 * @param number of the line it came on, from 1
 * @param productId the product, when the seller knows it by our id
 * @param sku the product, when the seller knows it by a key of their own
 * @param details what the product is, whole; left out, it stays as it is
 * @param terms the seller's own listing of it; left out, it stays as it is
 */
public record ImportLine(
    long number,
    Optional<Long> productId,
    Optional<String> sku,
    Optional<Product.Details> details,
    Optional<Listing.Terms> terms) {

  /** What became of a line. */
  public sealed interface Result {

    /**
     * The line holds now.
     *
     * @param productId empty for a line of an import that is sent again, when nothing says which
     *     product it made the first time
     */
    record Done(Change change, Optional<Long> productId) implements Result {}

    /** The line was refused, and nothing of it was done. */
    record Failed(List<Fault> faults) implements Result {
      public Failed {
        faults = List.copyOf(faults);
      }
    }
  }

  /** What a line changed. */
  public enum Change {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  /** What is wrong with one field of a line. */
  public record Fault(String field, String message) {}
}
