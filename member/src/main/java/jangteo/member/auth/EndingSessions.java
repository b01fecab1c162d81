package jangteo.member.auth;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.Problem;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.domain.TokenBlock;
import jangteo.member.store.Members;
import jangteo.member.store.SecurityLog;
import jangteo.member.store.Sessions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A member's sessions, seen and ended by itself. */
public final class EndingSessions {

  /**
   * A session of the caller.
   *
   * @param current whether it is the one of the caller's token
   */
  public record Own(Sessions.Session session, boolean current) {}

  private final Database database;
  private final Members members;
  private final Sessions sessions;
  private final Blocking blocking;
  private final SecurityLog log;
  private final Clock clock;

  /** Wires it. */
  public EndingSessions(
      Database database,
      Members members,
      Sessions sessions,
      Blocking blocking,
      SecurityLog log,
      Clock clock) {
    this.database = database;
    this.members = members;
    this.sessions = sessions;
    this.blocking = blocking;
    this.log = log;
    this.clock = clock;
  }

  /** Those that go on, the newest first. */
  public List<Own> open(Caller caller) {
    Optional<UUID> current = database.read(sql -> sessions.ofAccessToken(sql, tokenId(caller)));
    return database.read(sql -> sessions.open(sql, caller.memberId(), clock.instant())).stream()
        .map(session -> new Own(session, current.equals(Optional.of(session.sessionId()))))
        .toList();
  }

  /** Ends the session in which the caller's token was issued, with all its tokens. */
  public void logout(Caller caller) {
    database.transact(
        tx -> {
          members.lock(tx, caller.memberId());
          blocking.block(
              tx,
              sessions
                  .ofAccessToken(tx, tokenId(caller))
                  .map(session -> sessions.revoke(tx, session, clock.instant()))
                  .orElseGet(
                      () -> List.of(new TokenBlock.OfToken(tokenId(caller), caller.expiresAt()))));
          log.own(tx, SecurityEvent.LOGGED_OUT, caller.memberId());
        });
  }

  /** Ends all sessions of the caller. */
  public void logoutEverywhere(Caller caller) {
    database.transact(
        tx -> {
          members.lock(tx, caller.memberId());
          blocking.blockAll(tx, caller.memberId());
          log.own(tx, SecurityEvent.LOGGED_OUT_EVERYWHERE, caller.memberId());
        });
  }

  /**
   * Ends one session of the caller.
   *
   * @throws jangteo.chassis.web.ProblemException 404 when the caller has no such session that goes
   *     on
   */
  public void end(Caller caller, UUID sessionId) {
    database.transact(
        tx -> {
          members.lock(tx, caller.memberId());
          if (openIds(tx, caller).stream().noneMatch(sessionId::equals)) {
            throw Problem.notFound("You have no such session.").exception();
          }
          blocking.block(tx, sessions.revoke(tx, sessionId, clock.instant()));
          log.own(tx, SecurityEvent.SESSION_ENDED, caller.memberId());
        });
  }

  /** Ends the sessions of a locked caller, but the one of its token. */
  void endOthers(Transaction tx, Caller caller) {
    Optional<UUID> current = sessions.ofAccessToken(tx, tokenId(caller));
    blocking.block(
        tx,
        openIds(tx, caller).stream()
            .filter(session -> !current.equals(Optional.of(session)))
            .flatMap(other -> sessions.revoke(tx, other, clock.instant()).stream())
            .toList());
  }

  private List<UUID> openIds(Transaction tx, Caller caller) {
    return sessions.open(tx, caller.memberId(), clock.instant()).stream()
        .map(Sessions.Session::sessionId)
        .toList();
  }

  private static UUID tokenId(Caller caller) {
    return UUID.fromString(caller.tokenId());
  }
}
