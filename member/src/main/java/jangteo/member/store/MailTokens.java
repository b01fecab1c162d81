package jangteo.member.store;

import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.member.domain.MailKind;
import java.time.Instant;
import java.util.Optional;

/** The table {@code mail_tokens}: what the tokens of mails open, by their hashes. */
public final class MailTokens {

  /** Keeps a token that expires then. */
  public void add(
      Transaction tx, byte[] hash, MailKind kind, long memberId, Instant now, Instant expiresAt) {
    tx.execute(
        """
        INSERT INTO mail_tokens (token_hash, kind, member_id, expires_at, created_at)
        VALUES (?, ?, ?, ?, ?)
        """,
        hash,
        kind,
        memberId,
        expiresAt,
        now);
  }

  /** The member whose token of that kind it is, unless it has expired or was used. */
  public Optional<Long> memberId(Sql sql, byte[] hash, MailKind kind, Instant now) {
    return sql.one(
            """
            SELECT member_id FROM mail_tokens WHERE token_hash = ? AND kind = ? AND expires_at > ?
            """,
            hash,
            kind,
            now)
        .map(row -> row.whole("member_id"));
  }

  /** Uses up all of that kind of a locked member. */
  public void useUp(Transaction tx, long memberId, MailKind kind) {
    tx.execute("DELETE FROM mail_tokens WHERE member_id = ? AND kind = ?", memberId, kind);
  }
}
