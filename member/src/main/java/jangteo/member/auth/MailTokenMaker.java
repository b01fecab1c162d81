package jangteo.member.auth;

import jangteo.chassis.data.Transaction;
import jangteo.member.domain.MailKind;
import jangteo.member.store.MailTokens;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Makes the tokens of mails; they are made as refresh tokens are, and kept as hashes alone. */
public final class MailTokenMaker {

  private final MailTokens tokens;
  private final SecureRandom random;
  private final Clock clock;

  /** Wires it. */
  public MailTokenMaker(MailTokens tokens, SecureRandom random, Clock clock) {
    this.tokens = tokens;
    this.random = random;
    this.clock = clock;
  }

  /** A new token, good for once and for so long. */
  public String make(Transaction tx, MailKind kind, long memberId, Duration life) {
    String token = RandomTokens.make(random);
    Instant now = clock.instant();
    tokens.add(tx, RandomTokens.hash(token), kind, memberId, now, now.plus(life));
    return token;
  }
}
