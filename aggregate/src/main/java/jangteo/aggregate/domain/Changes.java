package jangteo.aggregate.domain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The changes of one poll, of each part the newest alone. */
public final class Changes {

  private final Map<Change.PartId, Change> newest = new LinkedHashMap<>();

  /** Of each part the newest of these. */
  public static Changes of(Collection<? extends Change> changes) {
    Changes newest = new Changes();
    changes.forEach(newest::add);
    return newest;
  }

  /** The product's own parts by product id: what goes into one write of its document. */
  public Map<Long, List<Change.OfProduct>> byProduct() {
    Map<Long, List<Change.OfProduct>> byProduct = new LinkedHashMap<>();
    for (Change.OfProduct change : all(Change.OfProduct.class)) {
      byProduct.computeIfAbsent(change.productId(), id -> new ArrayList<>()).add(change);
    }
    return byProduct;
  }

  /** Names and erasures of sellers. */
  public List<Change> sellers() {
    return newest.values().stream()
        .filter(change -> change.part().kind() == Change.PartId.Kind.SELLER)
        .toList();
  }

  /** All of one type. */
  public <T extends Change> List<T> all(Class<T> type) {
    return newest.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void add(Change change) {
    newest.merge(change.part(), change, (known, come) -> come.beats(known) ? come : known);
  }
}
