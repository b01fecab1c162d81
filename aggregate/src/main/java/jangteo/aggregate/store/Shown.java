package jangteo.aggregate.store;

import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Change.ListingWritten;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which documents show which sellers and which listings, as far as one poll's listings tell.
 *
 * @param sellers product ids by seller id
 * @param listings product ids by listing id
 */
record Shown(Map<Long, Set<Long>> sellers, Map<Long, Set<Long>> listings) {

  static Shown by(List<ListingWritten> written) {
    Shown shown = new Shown(new HashMap<>(), new HashMap<>());
    for (ListingWritten listing : written) {
      note(shown.sellers, listing.sellerId(), listing.productId());
      note(shown.listings, listing.listingId(), listing.productId());
    }
    return shown;
  }

  /** Adds each change of a seller or a listing to the writes of the documents that show it. */
  void addTo(Map<Long, List<Change>> writes, Collection<Change> changes) {
    for (Change change : changes) {
      Map<Long, Set<Long>> where =
          change.part().kind() == Change.PartId.Kind.SELLER ? sellers : listings;
      for (long productId : where.getOrDefault(change.part().id(), Set.of())) {
        writes.computeIfAbsent(productId, id -> new ArrayList<>()).add(change);
      }
    }
  }

  private static void note(Map<Long, Set<Long>> where, long id, long productId) {
    where.computeIfAbsent(id, key -> new HashSet<>()).add(productId);
  }
}
