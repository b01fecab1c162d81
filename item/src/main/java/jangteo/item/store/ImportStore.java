package jangteo.item.store;

import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import java.time.Instant;
import java.util.Optional;

/** The table {@code imports}: how far imports with a key have come. */
public final class ImportStore {

  /**
   * How far an import has come.
   *
   * @param line the last line that was committed; 0 for none
   * @param digest of all lines up to it
   */
  public record Reached(long line, String digest) {}

  /** How far the seller's import of this key has come; empty when there was none. */
  public Optional<Reached> find(Sql sql, long sellerId, String key) {
    return sql.one(
            "SELECT line, digest FROM imports WHERE seller_id = ? AND import_key = ?",
            sellerId,
            key)
        .map(row -> new Reached(row.whole("line"), row.text("digest")));
  }

  /**
   * The import has come further.
   *
   * @return false when it was not where it was thought to be: somebody else is at it
   */
  public boolean advance(
      Transaction tx, long sellerId, String key, long from, Reached to, Instant now) {
    if (from == 0) {
      return tx.execute(
              "INSERT IGNORE INTO imports (seller_id, import_key, line, digest, created_at) VALUES (?, ?, ?, ?, ?)",
              sellerId,
              key,
              to.line(),
              to.digest(),
              now)
          == 1;
    }
    return tx.execute(
            "UPDATE imports SET line = ?, digest = ? WHERE seller_id = ? AND import_key = ? AND line = ?",
            to.line(),
            to.digest(),
            sellerId,
            key,
            from)
        == 1;
  }
}
