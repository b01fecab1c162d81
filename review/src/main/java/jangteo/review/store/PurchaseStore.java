package jangteo.review.store;

import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.review.domain.Purchase;

/** The table {@code purchases}: what this service knows of orders. */
public final class PurchaseStore {

  /**
   * Keeps what the newest version of the order says; an older one, or the same again, changes
   * nothing. A purchase that was never made is not kept.
   */
  public void put(Transaction tx, Purchase purchase) {
    if (purchase.verifies()) {
      // The guard comes first: MySQL assigns from left to right.
      tx.execute(
          """
          INSERT INTO purchases (order_id, product_id, member_id, order_version, verifies)
          VALUES (?, ?, ?, ?, TRUE)
          ON DUPLICATE KEY UPDATE
            verifies = IF(VALUES(order_version) > order_version, TRUE, verifies),
            order_version = GREATEST(order_version, VALUES(order_version))
          """,
          purchase.orderId(),
          purchase.productId(),
          purchase.memberId(),
          purchase.orderVersion());
    } else {
      tx.execute(
          """
          UPDATE purchases SET verifies = FALSE, order_version = ?
          WHERE order_id = ? AND product_id = ? AND order_version < ?
          """,
          purchase.orderVersion(),
          purchase.orderId(),
          purchase.productId(),
          purchase.orderVersion());
    }
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
}
