package jangteo.item.store;

import com.fasterxml.jackson.core.type.TypeReference;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.item.domain.Product;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code products}. */
public final class ProductStore {

  private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};
  private static final TypeReference<List<String>> IMAGES = new TypeReference<>() {};

  /** Adds a new product. */
  public void add(Transaction tx, Product product) {
    Product.Details details = product.details();
    tx.execute(
        """
        INSERT INTO products (product_id, owner_id, name, description, category, brand, attributes, images,
          version, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        product.id(),
        product.ownerId(),
        details.name(),
        details.description(),
        details.category(),
        details.brand(),
        JsonColumn.write(details.attributes()),
        JsonColumn.write(details.images()),
        product.version(),
        product.createdAt(),
        product.updatedAt());
  }

  /** The product, locked until the transaction ends; empty when there is none. */
  public Optional<Product> lock(Transaction tx, long productId) {
    return tx.one(
            """
            SELECT product_id, owner_id, name, description, category, brand, attributes, images, version,
              created_at, updated_at
            FROM products WHERE product_id = ? FOR UPDATE
            """,
            productId)
        .map(ProductStore::product);
  }

  /** Whether there is such a product. */
  public boolean exists(Sql sql, long productId) {
    return sql.one("SELECT product_id FROM products WHERE product_id = ?", productId).isPresent();
  }

  /** Writes a product that this transaction has locked. */
  public void save(Transaction tx, Product product) {
    Product.Details details = product.details();
    tx.execute(
        """
        UPDATE products SET name = ?, description = ?, category = ?, brand = ?, attributes = ?, images = ?,
          version = ?, updated_at = ?
        WHERE product_id = ?
        """,
        details.name(),
        details.description(),
        details.category(),
        details.brand(),
        JsonColumn.write(details.attributes()),
        JsonColumn.write(details.images()),
        product.version(),
        product.updatedAt(),
        product.id());
  }

  private static Product product(Row row) {
    return new Product(
        row.whole("product_id"),
        row.whole("owner_id"),
        new Product.Details(
            row.text("name"),
            row.text("description"),
            row.text("category"),
            row.text("brand"),
            JsonColumn.read(row.text("attributes"), ATTRIBUTES),
            JsonColumn.read(row.text("images"), IMAGES)),
        row.whole("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
