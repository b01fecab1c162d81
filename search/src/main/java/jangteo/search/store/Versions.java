package jangteo.search.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import jangteo.search.domain.Expected;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/** Which versions of a product and its listings the read model has. */
public final class Versions {

  private final MongoCollection<Document> products;
  private final MongoCollection<Document> graves;

  /** Of the products in this database. */
  public Versions(MongoDatabase database) {
    this.products = database.getCollection("products");
    this.graves = database.getCollection("listing_graves");
  }

  /**
   * Whether the read model has come to all of these versions, or beyond: what was erased since then
   * has.
   */
  public boolean include(long productId, Collection<Expected> all) {
    Document found =
        products
            .find(Filters.eq(productId))
            .projection(
                Projections.include(
                    "product.version", "product.erased", "listings.id", "listings.snapshot"))
            .first();
    if (found == null) {
      return false;
    }
    Document product = found.get("product", new Document());
    if (product.getBoolean("erased", false)) {
      return true;
    }
    Map<Long, Long> listings = new HashMap<>();
    found
        .getList("listings", Document.class, List.of())
        .forEach(listing -> listings.put(listing.getLong("id"), listing.getLong("snapshot")));
    return all.stream()
        .allMatch(
            expected ->
                expected
                    .listingId()
                    .map(id -> includesListing(listings, id, expected.version()))
                    .orElseGet(() -> product.get("version", 0L) >= expected.version()));
  }

  private boolean includesListing(Map<Long, Long> listings, long id, long version) {
    return Optional.ofNullable(listings.get(id))
        .map(present -> present >= version)
        .orElseGet(() -> graves.find(Filters.eq(id)).first() != null);
  }
}
