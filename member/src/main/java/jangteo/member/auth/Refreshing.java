package jangteo.member.auth;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Problem;
import jangteo.member.domain.Member;
import jangteo.member.domain.RefreshToken;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.store.Members;
import jangteo.member.store.SecurityLog;
import jangteo.member.store.Sessions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** From a refresh token to the next pair. */
public final class Refreshing {

  private final Database database;
  private final Members members;
  private final Sessions sessions;
  private final Issuing issuing;
  private final Blocking blocking;
  private final SecurityLog log;
  private final Clock clock;

  /** Wires it. */
  public Refreshing(
      Database database,
      Members members,
      Sessions sessions,
      Issuing issuing,
      Blocking blocking,
      SecurityLog log,
      Clock clock) {
    this.database = database;
    this.members = members;
    this.sessions = sessions;
    this.issuing = issuing;
    this.blocking = blocking;
    this.log = log;
    this.clock = clock;
  }

  /**
   * The next pair of a session.
   *
   * @throws jangteo.chassis.web.ProblemException 401 when the token is unknown, expired, revoked,
   *     or was used before; the last ends its session
   */
  public TokenPair refresh(String refreshToken) {
    byte[] hash = RandomTokens.hash(refreshToken);
    return database
        .inTransaction(tx -> refresh(tx, hash))
        .orElseThrow(
            () -> Problem.unauthorized("The refresh token does not work any more.").exception());
  }

  /** Reads the token a second time under the member's lock: of two requests one comes later. */
  private Optional<TokenPair> refresh(Transaction tx, byte[] hash) {
    return sessions
        .refreshToken(tx, hash)
        .flatMap(token -> members.lock(tx, token.memberId()))
        .flatMap(
            member ->
                sessions.refreshToken(tx, hash).flatMap(token -> answer(tx, member, token, hash)));
  }

  private Optional<TokenPair> answer(
      Transaction tx, Member member, RefreshToken token, byte[] hash) {
    Instant now = clock.instant();
    return switch (token.shown(now)) {
      case REFUSE -> Optional.empty();
      case REVOKE_FAMILY -> {
        blocking.block(tx, sessions.revoke(tx, token.sessionId(), now));
        log.byStranger(tx, SecurityEvent.REFRESH_REUSED, Optional.of(member.memberId()));
        yield Optional.empty();
      }
      case ROTATE -> {
        LoggingIn.requireActive(member);
        yield Optional.of(issuing.rotate(tx, member, token.sessionId(), hash));
      }
    };
  }
}
