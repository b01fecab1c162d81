package jangteo.member.domain;

import java.time.Duration;
import java.util.Optional;

/** Which mails a member is sent. */
public enum MailKind {
  /** Asks whether the address is the member's. */
  VERIFY_EMAIL(Optional.of(Duration.ofDays(1))),
  /** Lets a member choose another password. */
  RESET_PASSWORD(Optional.of(Duration.ofMinutes(30))),
  /** Tells a member that its password is another one now (OWASP ASVS 5.0, 6.3.7). */
  PASSWORD_CHANGED(Optional.empty());

  private final Optional<Duration> tokenLife;

  MailKind(Optional<Duration> tokenLife) {
    this.tokenLife = tokenLife;
  }

  /** How long the mail's token is good for; empty when it has none. */
  public Optional<Duration> tokenLife() {
    return tokenLife;
  }
}
