package jangteo.member.auth;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.member.domain.Email;
import jangteo.member.domain.Member;
import jangteo.member.domain.Password;
import jangteo.member.domain.RefreshToken;
import jangteo.member.store.LoginFailures;
import jangteo.member.store.Members;
import jangteo.member.store.Members.Credentials;
import jangteo.member.store.Sessions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** From a password, or a refresh token, to a pair of tokens. */
public final class LoggingIn {

  private final Database database;
  private final Members members;
  private final Sessions sessions;
  private final LoginFailures failures;
  private final Passwords passwords;
  private final AccessTokens accessTokens;
  private final Blocking blocking;
  private final Duration refreshLife;
  private final SecureRandom random;
  private final Clock clock;
  private final Ids ids;

  /**
   * Wires it.
   *
   * @param refreshLife how long a refresh token can be used
   */
  public LoggingIn(
      Database database,
      Members members,
      Sessions sessions,
      LoginFailures failures,
      Passwords passwords,
      AccessTokens accessTokens,
      Blocking blocking,
      Duration refreshLife,
      SecureRandom random,
      Clock clock,
      Ids ids) {
    this.database = database;
    this.members = members;
    this.sessions = sessions;
    this.failures = failures;
    this.passwords = passwords;
    this.accessTokens = accessTokens;
    this.blocking = blocking;
    this.refreshLife = refreshLife;
    this.random = random;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * A new session.
   *
   * @param address the network address it is asked from
   * @throws ProblemException 401 for an unknown account and a wrong password alike, after the same
   *     work; 403 for a suspended member; 429 after too many failures
   */
  public TokenPair login(Email email, Password password, String address) {
    Optional<Credentials> account = database.read(sql -> members.credentials(sql, email));
    Passwords.Compared compared =
        passwords.inTurn(() -> compare(email, password, address, account));
    Member member =
        account.filter(_ -> compared.right()).map(Credentials::member).orElseThrow(this::refused);
    failures.forget(email);
    requireActive(member);
    return database.inTransaction(
        tx -> {
          compared
              .betterHash()
              .ifPresent(
                  hash ->
                      members.rehash(tx, member.memberId(), account.get().passwordHash(), hash));
          return startSession(tx, member);
        });
  }

  /**
   * The next pair of a session.
   *
   * @throws ProblemException 401 when the token is unknown, expired, revoked, or was used before;
   *     the last ends its session
   */
  public TokenPair refresh(String refreshToken) {
    byte[] hash = RefreshTokens.hash(refreshToken);
    return blocking
        .blockWhile(tx -> refresh(tx, hash))
        .orElseThrow(
            () -> Problem.unauthorized("The refresh token does not work any more.").exception());
  }

  /** Within one turn: at most as many guesses as there are turns pass the limit. */
  private Passwords.Compared compare(
      Email email, Password password, String address, Optional<Credentials> account) {
    failures
        .tooMany(email, address)
        .ifPresent(
            wait -> {
              throw Problem.tooManyRequests("Too many failed logins.", wait).exception();
            });
    Passwords.Compared compared =
        passwords.compare(password, account.map(Credentials::passwordHash));
    if (!compared.right()) {
      failures.count(email, address);
    }
    return compared;
  }

  private TokenPair startSession(Transaction tx, Member member) {
    NewPair pair = newPair(member);
    sessions.start(tx, ids.uuid(), member.memberId(), pair.kept(), clock.instant());
    return pair.answer();
  }

  private Blocking.Outcome<Optional<TokenPair>> refresh(Transaction tx, byte[] hash) {
    Instant now = clock.instant();
    Optional<RefreshToken> found = sessions.lockRefreshToken(tx, hash);
    if (found.isEmpty()) {
      return Blocking.Outcome.of(Optional.empty());
    }
    RefreshToken token = found.get();
    return switch (token.shown(now)) {
      case REFUSE -> Blocking.Outcome.of(Optional.empty());
      case REVOKE_FAMILY ->
          new Blocking.Outcome<>(Optional.empty(), sessions.revoke(tx, token.sessionId(), now));
      case ROTATE -> {
        Member member = members.find(tx, token.memberId()).orElseThrow();
        requireActive(member);
        NewPair pair = newPair(member);
        sessions.rotate(tx, token.sessionId(), hash, pair.kept(), now);
        yield Blocking.Outcome.of(Optional.of(pair.answer()));
      }
    };
  }

  private record NewPair(TokenPair answer, Sessions.Pair kept) {}

  private NewPair newPair(Member member) {
    AccessTokens.Issued access = accessTokens.issue(member);
    String refresh = RefreshTokens.make(random);
    return new NewPair(
        new TokenPair(access.token(), refresh, "Bearer", accessTokens.life().toSeconds()),
        new Sessions.Pair(
            RefreshTokens.hash(refresh),
            clock.instant().plus(refreshLife),
            access.tokenId(),
            access.expiresAt()));
  }

  private static void requireActive(Member member) {
    if (member.status() != Member.Status.ACTIVE) {
      throw Problem.forbidden("The member is suspended.").exception();
    }
  }

  private ProblemException refused() {
    return Problem.unauthorized("E-mail or password is wrong.").exception();
  }
}
