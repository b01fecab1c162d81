package jangteo.aggregate.domain;

import java.util.List;
import java.util.Optional;

/**
 * Something that the read model shows otherwise than its owner has it.
 *
 * @param productId whose document it is
 * @param listingId empty when it is of the product itself
 * @param fields the names of those that differ, in order; empty unless the versions are equal
 * @param ownersVersion of the listing: its sequence; empty when the owner does not have it
 * @param shownVersion empty when the read model does not show it
 */
public record Difference(
    long productId,
    Optional<Long> listingId,
    Kind kind,
    List<String> fields,
    Optional<Long> ownersVersion,
    Optional<Long> shownVersion) {

  /** In what way. */
  public enum Kind {
    /** The owner has it, and it is not shown. */
    MISSING,
    /** It is shown in an older version, though all that was sent has been read. */
    STALE,
    /** It is shown, and the owner does not have it. */
    SURPLUS,
    /** It is shown in the same version with something else in it. */
    DIFFERS,
    /** It is shown in a version that its owner has not come to. */
    AHEAD,
    /** What follows from the parts of the document is not what follows from them. */
    DERIVED
  }

  /** Copies the fields. */
  public Difference {
    fields = List.copyOf(fields);
  }

  /** Whether the other one is of the same thing in the same way. */
  public boolean sameAs(Difference other) {
    return productId == other.productId
        && listingId.equals(other.listingId)
        && kind == other.kind
        && fields.equals(other.fields);
  }
}
