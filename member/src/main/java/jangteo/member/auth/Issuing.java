package jangteo.member.auth;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Transaction;
import jangteo.member.domain.Member;
import jangteo.member.store.Sessions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/**
 * Makes pairs of tokens for members whose rows are locked: whoever ends all of a member's sessions
 * locks it too, and knows every token there is.
 */
public final class Issuing {

  private final Sessions sessions;
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
  public Issuing(
      Sessions sessions,
      AccessTokens accessTokens,
      Blocking blocking,
      Duration refreshLife,
      SecureRandom random,
      Clock clock,
      Ids ids) {
    this.sessions = sessions;
    this.accessTokens = accessTokens;
    this.blocking = blocking;
    this.refreshLife = refreshLife;
    this.random = random;
    this.clock = clock;
    this.ids = ids;
  }

  /** The first pair of a new session. */
  TokenPair start(Transaction tx, Member member) {
    NewPair pair = newPair(tx, member);
    sessions.start(tx, ids.uuid(), member.memberId(), pair.kept(), clock.instant());
    return pair.answer();
  }

  /** The next pair of a session whose refresh token is used up by it. */
  TokenPair rotate(Transaction tx, Member member, UUID sessionId, byte[] usedHash) {
    NewPair pair = newPair(tx, member);
    sessions.rotate(tx, sessionId, usedHash, pair.kept(), clock.instant());
    return pair.answer();
  }

  private record NewPair(TokenPair answer, Sessions.Pair kept) {}

  private NewPair newPair(Transaction tx, Member member) {
    AccessTokens.Issued access =
        accessTokens.issue(member, blocking.earliest(tx, member.memberId()));
    String refresh = RandomTokens.make(random);
    return new NewPair(
        new TokenPair(access.token(), refresh, "Bearer", accessTokens.life().toSeconds()),
        new Sessions.Pair(
            RandomTokens.hash(refresh),
            clock.instant().plus(refreshLife),
            access.tokenId(),
            access.expiresAt()));
  }
}
