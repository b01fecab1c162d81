package jangteo.item.store;

import com.fasterxml.jackson.core.type.TypeReference;
import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.item.domain.Product;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table {@code products}; to all but its own statements an erased product is not there. */
public final class ProductStore {

  private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};
  private static final TypeReference<List<String>> IMAGES = new TypeReference<>() {};

  static final String COLUMNS =
      """
      product_id, owner_id, sku, name, description, category, brand, attributes, images, version, created_at, \
      updated_at""";

  /**
   * Adds a new product.
   *
   * @throws jangteo.chassis.data.DuplicateKeyException when its owner has another with its key
   */
  public void add(Transaction tx, Product product) {
    add(tx, List.of(product));
  }

  /** Adds new products, all in one statement. */
  public void add(Transaction tx, List<Product> products) {
    if (products.isEmpty()) {
      return;
    }
    List<@Nullable Object> args = new ArrayList<>();
    for (Product product : products) {
      Collections.addAll(args, product.id(), product.ownerId(), product.sku());
      args.addAll(columns(product.details()));
      Collections.addAll(args, product.version(), product.createdAt(), product.updatedAt());
    }
    tx.execute(
        "INSERT INTO products (%s) VALUES %s"
            .formatted(COLUMNS, Placeholders.rows(products.size(), 12)),
        args.toArray());
  }

  private static List<Object> columns(Product.Details details) {
    return List.of(
        details.name(),
        details.description(),
        details.category(),
        details.brand(),
        JsonColumn.write(details.attributes()),
        JsonColumn.write(details.images()));
  }

  /** Ids of the owner's products that have one of these keys; not locked. */
  public List<Long> idsBySku(Sql sql, long ownerId, Collection<String> skus) {
    return skus.isEmpty()
        ? List.of()
        : sql
            .all(
                "SELECT product_id FROM products WHERE owner_id = ? AND sku IN "
                    + Placeholders.list(skus.size()),
                Stream.concat(Stream.of(ownerId), skus.stream()).toArray())
            .stream()
            .map(row -> row.whole("product_id"))
            .toList();
  }

  /** The products of these ids that exist, locked in id order until the transaction ends. */
  public List<Product> lock(Transaction tx, Collection<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : tx
            .all(
                """
                SELECT %s FROM products WHERE product_id IN %s AND erased_at IS NULL
                ORDER BY product_id FOR UPDATE"""
                    .formatted(COLUMNS, Placeholders.list(ids.size())),
                ids.toArray())
            .stream()
            .map(ProductStore::product)
            .toList();
  }

  /** The product, locked until the transaction ends; empty when there is none. */
  public Optional<Product> lock(Transaction tx, long productId) {
    return lock(tx, List.of(productId)).stream().findFirst();
  }

  /**
   * Whether there is such a product; if so, it stays there until the transaction ends. Whoever
   * locks a product and listings locks the product first.
   */
  public boolean keep(Transaction tx, long productId) {
    return tx.one(
            """
            SELECT product_id FROM products WHERE product_id = ? AND erased_at IS NULL
            LOCK IN SHARE MODE""",
            productId)
        .isPresent();
  }

  /** Writes a product that this transaction has locked. */
  public void save(Transaction tx, Product product) {
    save(tx, List.of(product));
  }

  /** Writes products that this transaction has locked, all in one statement. */
  public void save(Transaction tx, List<Product> products) {
    if (products.isEmpty()) {
      return;
    }
    List<@Nullable Object> args = new ArrayList<>();
    for (Product product : products) {
      Collections.addAll(args, product.id(), product.sku());
      args.addAll(columns(product.details()));
      Collections.addAll(args, product.version(), product.updatedAt());
    }
    tx.execute(
        """
        UPDATE (%s) changed STRAIGHT_JOIN products FORCE INDEX (PRIMARY)
          ON products.product_id = changed.product_id
        SET products.sku = changed.sku, products.name = changed.name,
          products.description = changed.description, products.category = changed.category,
          products.brand = changed.brand, products.attributes = changed.attributes,
          products.images = changed.images, products.version = changed.version,
          products.updated_at = changed.updated_at
        """
            .formatted(
                Placeholders.table(
                    products.size(),
                    "product_id",
                    "sku",
                    "name",
                    "description",
                    "category",
                    "brand",
                    "attributes",
                    "images",
                    "version",
                    "updated_at")),
        args.toArray());
  }

  /** Erases a product that this transaction has locked. */
  public void erase(Transaction tx, Product erased) {
    tx.execute(
        """
        UPDATE products SET sku = NULL, version = ?, updated_at = ?, erased_at = ? WHERE product_id = ?""",
        erased.version(),
        erased.updatedAt(),
        erased.updatedAt(),
        erased.id());
  }

  static Product product(Row row) {
    return new Product(
        row.whole("product_id"),
        row.whole("owner_id"),
        row.maybeText("sku"),
        details(row),
        row.whole("version"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  static Product.Details details(Row row) {
    return new Product.Details(
        row.text("name"),
        row.text("description"),
        row.text("category"),
        row.text("brand"),
        JsonColumn.read(row.text("attributes"), ATTRIBUTES),
        JsonColumn.read(row.text("images"), IMAGES));
  }
}
