package jangteo.aggregate.reconcile;

import jangteo.aggregate.domain.Difference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a reconciliation came to.
 *
 * @param products so many the owner has
 * @param listings so many the owner has
 * @param ranges so many ranges were compared by their checksums
 * @param opened so many of them differed and were opened
 * @param moving so many products changed at every look: nothing is said of them
 * @param differences what is certain
 * @param left those of them that were not repaired, or could not be
 */
public record Reconciliation(
    Instant checkedAt,
    Duration took,
    long products,
    long listings,
    long ranges,
    long opened,
    long moving,
    List<Difference> differences,
    List<Difference> left) {

  /** Copies its lists. */
  public Reconciliation {
    differences = List.copyOf(differences);
    left = List.copyOf(left);
  }

  /** Whether the read model is now as it should be, as far as can be said. */
  public boolean ok() {
    return left.isEmpty();
  }
}
