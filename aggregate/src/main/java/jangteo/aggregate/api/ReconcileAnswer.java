package jangteo.aggregate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.aggregate.domain.Difference;
import jangteo.aggregate.reconcile.Reconciliation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A reconciliation in JSON. */
record ReconcileAnswer(
    Instant checkedAt,
    long tookMillis,
    boolean ok,
    long products,
    long listings,
    long ranges,
    long opened,
    long moving,
    long found,
    long left,
    List<DifferenceAnswer> differences) {

  /** More than anybody reads. */
  private static final int SHOWN = 1_000;

  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record DifferenceAnswer(
      String productId,
      Optional<String> listingId,
      Difference.Kind kind,
      List<String> fields,
      Optional<Long> ownersVersion,
      Optional<Long> shownVersion,
      boolean left) {

    static DifferenceAnswer of(Difference difference, boolean left) {
      return new DifferenceAnswer(
          Long.toString(difference.productId()),
          difference.listingId().map(id -> Long.toString(id)),
          difference.kind(),
          difference.fields(),
          difference.ownersVersion(),
          difference.shownVersion(),
          left);
    }
  }

  static ReconcileAnswer of(Reconciliation done) {
    return new ReconcileAnswer(
        done.checkedAt(),
        done.took().toMillis(),
        done.ok(),
        done.products(),
        done.listings(),
        done.ranges(),
        done.opened(),
        done.moving(),
        done.differences().size(),
        done.left().size(),
        done.differences().stream()
            .limit(SHOWN)
            .map(
                difference ->
                    DifferenceAnswer.of(
                        difference, done.left().stream().anyMatch(difference::sameAs)))
            .toList());
  }
}
