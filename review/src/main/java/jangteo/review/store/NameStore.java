package jangteo.review.store;

import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import java.util.Optional;

/** The table {@code member_names}. */
public final class NameStore {

  /** No change of a member is newer than its erasure. */
  private static final long ERASED = Long.MAX_VALUE;

  /** Keeps the newest name; an erased member's stays away. */
  public void put(Transaction tx, long memberId, long version, String name) {
    tx.execute(
        """
        INSERT INTO member_names (member_id, version, name) VALUES (?, ?, ?)
        ON DUPLICATE KEY UPDATE
          name = IF(VALUES(version) > version, VALUES(name), name),
          version = GREATEST(version, VALUES(version))
        """,
        memberId,
        version,
        name);
  }

  /** Forgets the name for good. */
  public void erase(Transaction tx, long memberId) {
    tx.execute(
        """
        INSERT INTO member_names (member_id, version, name) VALUES (?, ?, NULL)
        ON DUPLICATE KEY UPDATE name = NULL, version = VALUES(version)
        """,
        memberId,
        ERASED);
  }

  /** A member's name; empty when the member was erased, or is not known here yet. */
  public Optional<String> of(Sql sql, long memberId) {
    return sql.one("SELECT name FROM member_names WHERE member_id = ?", memberId)
        .flatMap((Row row) -> row.maybeText("name"));
  }
}
