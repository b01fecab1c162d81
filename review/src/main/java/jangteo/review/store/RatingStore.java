package jangteo.review.store;

import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.review.domain.StarCounts;

/** The table {@code product_ratings}. */
public final class RatingStore {

  /**
   * Counts one review more and answers the new counts. From here to the commit the product's row is
   * locked, so counts, versions and events of one product come in one order.
   */
  public StarCounts add(Transaction tx, long productId, int rating) {
    tx.execute(
        """
        INSERT INTO product_ratings (product_id, version, one, two, three, four, five)
        VALUES (?, 1, ?, ?, ?, ?, ?)
        ON DUPLICATE KEY UPDATE version = version + 1,
          one = one + VALUES(one), two = two + VALUES(two), three = three + VALUES(three),
          four = four + VALUES(four), five = five + VALUES(five)
        """,
        productId,
        rating == 1 ? 1 : 0,
        rating == 2 ? 1 : 0,
        rating == 3 ? 1 : 0,
        rating == 4 ? 1 : 0,
        rating == 5 ? 1 : 0);
    return of(tx, productId);
  }

  /** The counts of a product, all 0 when it has no review. */
  public StarCounts of(Sql sql, long productId) {
    return sql.one("SELECT * FROM product_ratings WHERE product_id = ?", productId)
        .map(RatingStore::counts)
        .orElseGet(() -> StarCounts.none(productId));
  }

  private static StarCounts counts(Row row) {
    return new StarCounts(
        row.whole("product_id"),
        row.whole("version"),
        row.whole("one"),
        row.whole("two"),
        row.whole("three"),
        row.whole("four"),
        row.whole("five"));
  }
}
