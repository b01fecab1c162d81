package jangteo.member.store;

import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.member.domain.TokenBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code token_blocks}: the truth about blocked tokens. */
public final class TokenBlocksTable {

  private static final Duration KEPT_AFTER_EXPIRY = Duration.ofHours(1);

  /** Blocks the tokens; a later block of the same member takes the place of the earlier one. */
  public void add(Transaction tx, List<? extends TokenBlock> blocks) {
    for (TokenBlock block : blocks) {
      switch (block) {
        case TokenBlock.OfToken token ->
            tx.execute(
                "INSERT IGNORE INTO token_blocks (block_key, expires_at) VALUES (?, ?)",
                token.key(),
                token.expiresAt());
        case TokenBlock.OfMember member ->
            tx.execute(
                """
                INSERT INTO token_blocks (block_key, issued_before, expires_at) VALUES (?, ?, ?)
                ON DUPLICATE KEY UPDATE
                  issued_before = GREATEST(issued_before, VALUES(issued_before)),
                  expires_at = GREATEST(expires_at, VALUES(expires_at))
                """,
                member.key(),
                member.issuedBefore(),
                member.expiresAt());
      }
    }
  }

  /** Before when tokens of that member must have been issued to be blocked, if any are. */
  public Optional<Instant> issuedBefore(Sql sql, long memberId) {
    return sql.one(
            "SELECT issued_before FROM token_blocks WHERE block_key = ?",
            TokenBlock.OfMember.key(Long.toString(memberId)))
        .flatMap(row -> row.maybeInstant("issued_before"));
  }

  /**
   * Blocks of tokens that have not expired, in the order of their keys.
   *
   * @param after the key of the last one of the page before; empty for the first page
   */
  public List<TokenBlock> page(Sql sql, String after, Instant now, int size) {
    return sql
        .all(
            """
            SELECT block_key, issued_before, expires_at FROM token_blocks
            WHERE block_key > ? AND expires_at > ? ORDER BY block_key LIMIT ?
            """,
            after,
            now,
            size)
        .stream()
        .map(
            row ->
                TokenBlock.of(
                    row.text("block_key"),
                    row.maybeInstant("issued_before"),
                    row.instant("expires_at")))
        .toList();
  }

  /**
   * Forgets a few blocks whose tokens expired long enough ago for every clock, so that the table
   * and the topic stay as small as the tokens' life; answers their keys.
   */
  public List<String> forgetExpired(Transaction tx, Instant now) {
    List<String> keys =
        tx
            .all(
                """
                SELECT block_key FROM token_blocks WHERE expires_at < ?
                ORDER BY expires_at LIMIT 20 FOR UPDATE SKIP LOCKED
                """,
                now.minus(KEPT_AFTER_EXPIRY))
            .stream()
            .map(row -> row.text("block_key"))
            .toList();
    keys.forEach(key -> tx.execute("DELETE FROM token_blocks WHERE block_key = ?", key));
    return keys;
  }
}
