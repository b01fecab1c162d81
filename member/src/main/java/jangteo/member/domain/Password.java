package jangteo.member.domain;

import static java.lang.Character.MAX_SURROGATE;
import static java.lang.Character.MIN_SURROGATE;

import java.text.Normalizer;
import java.util.Optional;

/**
 * A password as it is hashed: NFKC (NIST SP 800-63B, 5.1.1.2), so that it does not depend on the
 * keyboard. Length is what counts (OWASP ASVS 5.0, 6.2): 8 to 128 characters, any of them.
 */
public final class Password {

  /** The fewest characters. */
  public static final int SHORTEST = 8;

  /** The most characters. */
  public static final int LONGEST = 128;

  private final String text;

  private Password(String text) {
    this.text = text;
  }

  /** A password to be set, or empty when it is too short, too long or no well-formed Unicode. */
  public static Optional<Password> choose(String typed) {
    Password password = typed(typed);
    int characters = password.text.codePointCount(0, password.text.length());
    // Half of a surrogate pair has no UTF-8: any other would be as good.
    boolean wellFormed =
        password.text.codePoints().noneMatch(c -> c >= MIN_SURROGATE && c <= MAX_SURROGATE);
    return characters >= SHORTEST && characters <= LONGEST && wellFormed
        ? Optional.of(password)
        : Optional.empty();
  }

  /** A password to be compared, whatever its length: the rules may have been others once. */
  public static Password typed(String typed) {
    return new Password(Normalizer.normalize(typed, Normalizer.Form.NFKC));
  }

  /** The password itself; for the hash alone. */
  public String text() {
    return text;
  }

  /** Hides the password: what is printed ends in logs. */
  @Override
  public String toString() {
    return "Password[hidden]";
  }
}
