package jangteo.member.domain;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A normalised e-mail address: trimmed, NFC, in lower case, its domain in ASCII, so that one
 * mailbox is one account.
 *
 * <p>Lengths are those of RFC 5321 (64 octets before the {@code @}, 254 in all). Quoted local parts
 * and address literals are valid there, but nobody's mailbox; they are refused.
 */
public final class Email {

  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final Pattern LOCAL_PART =
      Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final String address;

  private Email(String address) {
    this.address = address;
  }

  /** The address in its normal form, or empty when nothing can be delivered to it. */
  public static Optional<Email> parse(String typed) {
    String text = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
    int at = text.lastIndexOf('@');
    if (at < 1 || text.length() > LONGEST) {
      return Optional.empty();
    }
    String local = text.substring(0, at).toLowerCase(Locale.ROOT);
    String domain = ascii(text.substring(at + 1));
    boolean fits = local.length() <= LONGEST_LOCAL_PART && at + 1 + domain.length() <= LONGEST;
    return fits && LOCAL_PART.matcher(local).matches() && DOMAIN.matcher(domain).matches()
        ? Optional.of(new Email(local + "@" + domain))
        : Optional.empty();
  }

  /** What {@link #parse} made of it before. */
  public static Email ofNormal(String address) {
    return new Email(address);
  }

  /** The address itself; never to be logged. */
  public String address() {
    return address;
  }

  private static String ascii(String domain) {
    try {
      return IDN.toASCII(domain).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notADomain) {
      return "";
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Email email && address.equals(email.address);
  }

  @Override
  public int hashCode() {
    return address.hashCode();
  }

  /** Hides the address: what is printed ends in logs. */
  @Override
  public String toString() {
    return "Email[hidden]";
  }
}
