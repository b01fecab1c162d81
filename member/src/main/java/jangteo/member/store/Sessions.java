package jangteo.member.store;

import jangteo.chassis.data.Row;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.security.TokenCheck;
import jangteo.member.domain.RefreshToken;
import jangteo.member.domain.TokenBlock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Logins and the tokens that came of them: the tables {@code sessions} and {@code refresh_tokens}.
 */
public final class Sessions {

  /**
   * A pair of tokens as it is remembered.
   *
   * @param refreshHash the SHA-256 of the refresh token
   * @param refreshExpiresAt until when it can be used
   * @param accessId the {@code jti} of the access token
   * @param accessExpiresAt its {@code exp}
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Pair(
      byte[] refreshHash, Instant refreshExpiresAt, UUID accessId, Instant accessExpiresAt) {}

  /**
   * A session as its member sees it.
   *
   * @param sessionId its id
   * @param startedAt when the member logged in
   * @param refreshedAt when it was last refreshed; empty when never
   * @param expiresAt when it ends, unless it is refreshed before
   */
  public record Session(
      UUID sessionId, Instant startedAt, Optional<Instant> refreshedAt, Instant expiresAt) {}

  /** A new session with its first pair; sessions of the member that ran out are forgotten. */
  public void start(Transaction tx, UUID sessionId, long memberId, Pair first, Instant now) {
    tx.execute("DELETE FROM sessions WHERE member_id = ? AND expires_at < ?", memberId, now);
    tx.execute(
        "INSERT INTO sessions (session_id, member_id, started_at, expires_at) VALUES (?, ?, ?, ?)",
        sessionId,
        memberId,
        now,
        first.refreshExpiresAt());
    addPair(tx, sessionId, first);
  }

  /** The refresh token of that hash. */
  public Optional<RefreshToken> refreshToken(Sql sql, byte[] refreshHash) {
    return sql.one(
            """
            SELECT t.session_id, s.member_id, t.expires_at, t.used_at, s.revoked_at
            FROM refresh_tokens t JOIN sessions s ON s.session_id = t.session_id
            WHERE t.token_hash = ?
            """,
            (Object) refreshHash)
        .map(Sessions::refreshToken);
  }

  /** The next pair of a session whose present refresh token is used up by it. */
  public void rotate(Transaction tx, UUID sessionId, byte[] usedHash, Pair next, Instant now) {
    tx.execute("UPDATE refresh_tokens SET used_at = ? WHERE token_hash = ?", now, usedHash);
    tx.execute(
        "UPDATE sessions SET expires_at = ? WHERE session_id = ?",
        next.refreshExpiresAt(),
        sessionId);
    addPair(tx, sessionId, next);
  }

  /** The session in which an access token was issued. */
  public Optional<UUID> ofAccessToken(Sql sql, UUID accessId) {
    return sql.one("SELECT session_id FROM refresh_tokens WHERE access_token_id = ?", accessId)
        .map(row -> row.uuid("session_id"));
  }

  /** Ends a session; answers its access tokens that would work on, to be blocked. */
  public List<TokenBlock.OfToken> revoke(Transaction tx, UUID sessionId, Instant now) {
    tx.execute(
        "UPDATE sessions SET revoked_at = COALESCE(revoked_at, ?) WHERE session_id = ?",
        now,
        sessionId);
    return tx
        .all(
            """
            SELECT access_token_id, access_expires_at FROM refresh_tokens
            WHERE session_id = ? AND access_expires_at > ?
            """,
            sessionId,
            now.minus(TokenCheck.CLOCK_SKEW))
        .stream()
        .map(
            row ->
                new TokenBlock.OfToken(
                    row.uuid("access_token_id"), row.instant("access_expires_at")))
        .toList();
  }

  /** The sessions of a member that go on, the newest first. */
  public List<Session> open(Sql sql, long memberId, Instant now) {
    return sql
        .all(
            """
            SELECT s.session_id, s.started_at, s.expires_at, MAX(t.used_at) AS refreshed_at
            FROM sessions s JOIN refresh_tokens t ON t.session_id = s.session_id
            WHERE s.member_id = ? AND s.expires_at > ? AND s.revoked_at IS NULL
            GROUP BY s.session_id, s.started_at, s.expires_at
            ORDER BY s.started_at DESC, s.session_id
            """,
            memberId,
            now)
        .stream()
        .map(
            row ->
                new Session(
                    row.uuid("session_id"),
                    row.instant("started_at"),
                    row.maybeInstant("refreshed_at"),
                    row.instant("expires_at")))
        .toList();
  }

  /** Ends the sessions of a locked member. */
  public void revokeAll(Transaction tx, long memberId, Instant now) {
    tx.execute(
        "UPDATE sessions SET revoked_at = ? WHERE member_id = ? AND revoked_at IS NULL",
        now,
        memberId);
  }

  /** When the last of a member's access tokens expires, unless all have. */
  public Optional<Instant> lastExpiry(Sql sql, long memberId, Instant now) {
    return sql.one(
            """
            SELECT MAX(t.access_expires_at) AS last_expiry
            FROM refresh_tokens t JOIN sessions s ON s.session_id = t.session_id
            WHERE s.member_id = ? AND t.access_expires_at > ?
            """,
            memberId,
            now.minus(TokenCheck.CLOCK_SKEW))
        .flatMap(row -> row.maybeInstant("last_expiry"));
  }

  /** Deletes the sessions of a locked member. */
  public void deleteAll(Transaction tx, long memberId) {
    tx.execute("DELETE FROM sessions WHERE member_id = ?", memberId);
  }

  private static void addPair(Transaction tx, UUID sessionId, Pair pair) {
    tx.execute(
        """
        INSERT INTO refresh_tokens (token_hash, session_id, expires_at, access_token_id,
                                    access_expires_at)
        VALUES (?, ?, ?, ?, ?)
        """,
        pair.refreshHash(),
        sessionId,
        pair.refreshExpiresAt(),
        pair.accessId(),
        pair.accessExpiresAt());
  }

  private static RefreshToken refreshToken(Row row) {
    return new RefreshToken(
        row.uuid("session_id"),
        row.whole("member_id"),
        row.instant("expires_at"),
        row.maybeInstant("used_at").isPresent(),
        row.maybeInstant("revoked_at").isPresent());
  }
}
