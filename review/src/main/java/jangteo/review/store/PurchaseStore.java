package jangteo.review.store;

import jangteo.chassis.data.Placeholders;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.review.domain.Purchase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table {@code purchases}: what this service knows of orders. */
public final class PurchaseStore {

  private record Key(UUID orderId, long productId, long sellerId) {}

  /**
   * Keeps what the newest version of each order says; an older one, or the same again, changes
   * nothing. A purchase that was never made is not kept; one that was stays known, also undone.
   */
  public void put(Transaction tx, Collection<Purchase> purchases) {
    insert(tx, newest(purchases.stream().filter(Purchase::verifies)));
    newest(purchases.stream().filter(purchase -> !purchase.verifies()))
        .forEach(purchase -> undo(tx, purchase));
  }

  private static Collection<Purchase> newest(Stream<Purchase> purchases) {
    return purchases
        .collect(
            Collectors.toMap(
                purchase -> new Key(purchase.orderId(), purchase.productId(), purchase.sellerId()),
                Function.identity(),
                (a, b) -> b.orderVersion() >= a.orderVersion() ? b : a,
                LinkedHashMap::new))
        .values();
  }

  private static void insert(Transaction tx, Collection<Purchase> made) {
    if (made.isEmpty()) {
      return;
    }
    List<Object> args = new ArrayList<>();
    for (Purchase purchase : made) {
      Collections.addAll(
          args,
          purchase.orderId(),
          purchase.productId(),
          purchase.sellerId(),
          purchase.memberId(),
          purchase.orderVersion(),
          true);
    }
    // The guard comes first: MySQL assigns from left to right.
    tx.execute(
        """
        INSERT INTO purchases
          (order_id, product_id, seller_id, member_id, order_version, verifies)
        VALUES %s
        ON DUPLICATE KEY UPDATE
          verifies = IF(VALUES(order_version) > order_version, TRUE, verifies),
          order_version = GREATEST(order_version, VALUES(order_version))
        """
            .formatted(Placeholders.rows(made.size(), 6)),
        args.toArray());
  }

  /** The row of seller 0 is one of before sellers were kept. */
  private static void undo(Transaction tx, Purchase purchase) {
    tx.execute(
        """
        UPDATE purchases SET verifies = FALSE, order_version = ?
        WHERE order_id = ? AND product_id = ? AND seller_id IN (0, ?) AND order_version < ?
        """,
        purchase.orderVersion(),
        purchase.orderId(),
        purchase.productId(),
        purchase.sellerId(),
        purchase.orderVersion());
  }

  /** Whether the member is a verified buyer of the product. */
  public boolean verified(Sql sql, long memberId, long productId) {
    return sql.one(
            """
            SELECT 1 FROM purchases WHERE member_id = ? AND product_id = ? AND verifies LIMIT 1
            """,
            memberId,
            productId)
        .isPresent();
  }

  /** Whether the member ever bought the product from the seller, sent back or not. */
  public boolean boughtFrom(Sql sql, long memberId, long productId, long sellerId) {
    return sql.one(
            """
            SELECT 1 FROM purchases
            WHERE member_id = ? AND product_id = ? AND seller_id = ? LIMIT 1
            """,
            memberId,
            productId,
            sellerId)
        .isPresent();
  }
}
