package jangteo.aggregate.store;

import com.mongodb.client.MongoDatabase;
import jangteo.aggregate.domain.Change;
import jangteo.aggregate.domain.Change.ListingErased;
import jangteo.aggregate.domain.Change.ListingWritten;
import jangteo.aggregate.domain.Changes;
import jangteo.chassis.text.TextAnalysis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The read model of the catalogue: joins the changes of products, listings, ratings and sellers
 * into product documents.
 *
 * <p>Two things a document needs come under another key than its own: the names of its sellers, and
 * the erasure of a listing. Each is written down first under its own key, and then into the
 * documents that show it; a writer of a listing looks both up, writes, and looks again. Whichever
 * of the two comes second sees the other, so nothing is lost between them, on one instance or on
 * many.
 */
public final class Catalogue {

  private final ProductDocuments documents;
  private final Sellers sellers;
  private final ListingGraves graves;

  /** The live read model in this database. */
  public Catalogue(MongoDatabase database, TextAnalysis text) {
    this(database, ReadModel.LIVE, text);
  }

  /** One of the read models in this database. */
  public Catalogue(MongoDatabase database, ReadModel model, TextAnalysis text) {
    this.documents =
        new ProductDocuments(database.getCollection(model.products()), new PartDocument(text));
    this.sellers = new Sellers(database.getCollection(model.sellers()));
    this.graves = new ListingGraves(database.getCollection(model.graves()));
  }

  /**
   * Makes these changes part of the read model; safe to repeat, in whole or in part.
   *
   * @throws com.mongodb.MongoException when the database does not take them; nothing, some or all
   *     of them may be there then
   */
  public void apply(Collection<? extends Change> all) {
    Changes changes = Changes.of(all);
    List<ListingErased> erased = changes.all(ListingErased.class);
    Set<Long> named = ids(changes.sellers());
    sellers.write(changes.sellers());
    graves.write(erased);
    writeProducts(changes);
    sellers.find(named).values().forEach(documents::writeSeller);
    erased.forEach(documents::writeGrave);
  }

  private void writeProducts(Changes changes) {
    Map<Long, List<Change>> writes = new HashMap<>();
    changes.byProduct().forEach((productId, its) -> writes.put(productId, new ArrayList<>(its)));
    Shown shown = Shown.by(changes.all(ListingWritten.class));
    Map<Change.PartId, Change> used = lookUp(shown);
    shown.addTo(writes, used.values());
    documents.write(writes);
    Map<Long, List<Change>> missed = new HashMap<>();
    Map<Change.PartId, Change> now = lookUp(shown);
    now.values().removeAll(used.values());
    shown.addTo(missed, now.values());
    documents.write(missed);
  }

  private Map<Change.PartId, Change> lookUp(Shown shown) {
    Map<Change.PartId, Change> found = new HashMap<>();
    sellers.find(shown.sellers().keySet()).values().forEach(c -> found.put(c.part(), c));
    graves.find(shown.listings().keySet()).values().forEach(c -> found.put(c.part(), c));
    return found;
  }

  private static Set<Long> ids(Collection<? extends Change> changes) {
    return changes.stream().map(change -> change.part().id()).collect(Collectors.toSet());
  }
}
