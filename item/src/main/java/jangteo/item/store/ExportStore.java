package jangteo.item.store;

import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.item.domain.Listing;
import jangteo.item.domain.Product;
import java.util.List;
import java.util.Optional;

/** All that a seller has, page by page in the order of product ids. */
public final class ExportStore {

  /**
   * A product and the seller's own listing of it.
   *
   * @param listing empty when the seller does not sell it
   */
  public record Owned(Product product, Optional<Listing> listing) {}

  /** The seller's own products behind that one. */
  public List<Owned> products(Sql sql, long sellerId, long afterProductId, int size) {
    return sql
        .all(
            """
            SELECT p.product_id AS owned_id, p.owner_id, p.sku, p.name, p.description, p.category,
              p.brand, p.attributes, p.images, p.version AS product_version, p.created_at,
              p.updated_at AS product_updated_at, l.*
            FROM products p FORCE INDEX (products_owner)
            LEFT JOIN listings l ON l.product_id = p.product_id AND l.seller_id = p.owner_id
              AND l.erased_at IS NULL
            WHERE p.owner_id = ? AND p.product_id > ? AND p.erased_at IS NULL
            ORDER BY p.product_id LIMIT ?
            """,
            sellerId,
            afterProductId,
            size)
        .stream()
        .map(ExportStore::owned)
        .toList();
  }

  /** The seller's listings of other people's products behind that one. */
  public List<Listing> listings(Sql sql, long sellerId, long afterProductId, int size) {
    return sql
        .all(
            """
            SELECT l.* FROM listings l FORCE INDEX (listings_seller)
            JOIN products p ON p.product_id = l.product_id
            WHERE l.seller_id = ? AND l.product_id > ? AND l.erased_at IS NULL AND p.owner_id <> ?
            ORDER BY l.product_id LIMIT ?
            """,
            sellerId,
            afterProductId,
            sellerId,
            size)
        .stream()
        .map(ListingStore::listing)
        .toList();
  }

  private static Owned owned(Row row) {
    Product product =
        new Product(
            row.whole("owned_id"),
            row.whole("owner_id"),
            row.maybeText("sku"),
            ProductStore.details(row),
            row.whole("product_version"),
            row.instant("created_at"),
            row.instant("product_updated_at"));
    return new Owned(product, row.maybeWhole("listing_id").map(id -> ListingStore.listing(row)));
  }
}
