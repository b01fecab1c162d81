package jangteo.item.store;

import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.item.domain.Listing;
import jangteo.item.domain.Product;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Products and listings as the reconciliation of the read model wants them: by ranges of ids, and
 * without those that are erased.
 */
public final class ReconcileStore {

  private static final String PRODUCTS =
      "SELECT "
          + ProductStore.COLUMNS
          + " FROM products WHERE erased_at IS NULL AND %s ORDER BY product_id LIMIT ?";

  private static final String LISTINGS =
      "SELECT "
          + ListingStore.COLUMNS
          + ", announce_at FROM listings WHERE erased_at IS NULL AND %s ORDER BY ";

  private static final String BY_PRODUCT = LISTINGS + "product_id, seller_id";
  private static final String LOCKED = LISTINGS + "listing_id FOR UPDATE";

  private static final String BETWEEN = "product_id > ? AND product_id <= ?";

  /** A listing, and whether a movement of its stock waits to be announced. */
  public record ListingRow(Listing listing, boolean unannounced) {}

  /** Products behind this one, at most so many, in the order of their ids. */
  public List<Product> products(Sql sql, long after, long last, int size) {
    return products(sql.all(PRODUCTS.formatted(BETWEEN), after, last, size));
  }

  /** Those of these products that exist. */
  public List<Product> products(Sql sql, Collection<Long> ids) {
    return products(sql.all(PRODUCTS.formatted(in("product_id", ids)), with(ids, ids.size())));
  }

  /** The listings of the products behind one, up to another. */
  public List<ListingRow> listings(Sql sql, long afterProduct, long lastProduct) {
    return listings(sql.all(BY_PRODUCT.formatted(BETWEEN), afterProduct, lastProduct));
  }

  /** The listings of these products. */
  public List<ListingRow> listings(Sql sql, Collection<Long> productIds) {
    return listings(
        sql.all(BY_PRODUCT.formatted(in("product_id", productIds)), productIds.toArray()));
  }

  /** Those of these products that exist, locked until the transaction ends. */
  public List<Product> lockProducts(Transaction tx, Collection<Long> ids) {
    return products(
        tx.all(PRODUCTS.formatted(in("product_id", ids)) + " FOR UPDATE", with(ids, ids.size())));
  }

  /** Those of these listings that exist, in the order of their ids, locked likewise. */
  public List<Listing> lockListings(Transaction tx, Collection<Long> ids) {
    return listings(tx.all(LOCKED.formatted(in("listing_id", ids)), ids.toArray())).stream()
        .map(ListingRow::listing)
        .toList();
  }

  /** Of which of these products and listings something waits in the outbox, as topic/id. */
  public Set<String> unsent(Sql sql, Collection<Long> productIds, Collection<Long> listingIds) {
    Set<String> unsent = new HashSet<>();
    unsent(sql, "products", productIds, unsent);
    unsent(sql, "listings", listingIds, unsent);
    return unsent;
  }

  private static void unsent(Sql sql, String topic, Collection<Long> ids, Set<String> unsent) {
    if (!ids.isEmpty()) {
      sql.all(
              "SELECT DISTINCT record_key FROM outbox WHERE topic = '%s' AND %s"
                  .formatted(topic, in("record_key", ids)),
              ids.stream().map(id -> Long.toString(id)).toArray())
          .forEach(row -> unsent.add(topic + "/" + row.text("record_key")));
    }
  }

  private static String in(String column, Collection<?> values) {
    return column + " IN " + Placeholders.list(values.size());
  }

  private static Object[] with(Collection<Long> ids, int limit) {
    Object[] all = new Object[ids.size() + 1];
    System.arraycopy(ids.toArray(), 0, all, 0, ids.size());
    all[ids.size()] = limit;
    return all;
  }

  private static List<Product> products(List<Row> rows) {
    return rows.stream().map(ProductStore::product).toList();
  }

  private static List<ListingRow> listings(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                new ListingRow(
                    ListingStore.listing(row), row.maybeInstant("announce_at").isPresent()))
        .toList();
  }
}
