package jangteo.review.store;

import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.review.domain.StarCounts;
import java.util.OptionalInt;

/** The table {@code product_ratings}. */
public final class RatingStore {

  /**
   * Counts these stars in place of those, none where a review does not count, and answers the new
   * counts. From here to the commit the product's row is locked, so counts, versions and events of
   * one product come in one order. Nothing is locked when nothing changes.
   */
  public StarCounts move(Transaction tx, long productId, OptionalInt from, OptionalInt to) {
    if (!from.equals(to)) {
      tx.execute(
          """
          INSERT INTO product_ratings (product_id, version, one, two, three, four, five)
          VALUES (?, 1, ?, ?, ?, ?, ?)
          ON DUPLICATE KEY UPDATE version = version + 1,
            one = one + VALUES(one), two = two + VALUES(two), three = three + VALUES(three),
            four = four + VALUES(four), five = five + VALUES(five)
          """,
          productId,
          more(1, from, to),
          more(2, from, to),
          more(3, from, to),
          more(4, from, to),
          more(5, from, to));
    }
    return of(tx, productId);
  }

  private static int more(int stars, OptionalInt from, OptionalInt to) {
    OptionalInt these = OptionalInt.of(stars);
    return (to.equals(these) ? 1 : 0) - (from.equals(these) ? 1 : 0);
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
