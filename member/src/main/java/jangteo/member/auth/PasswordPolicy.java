package jangteo.member.auth;

import com.nulabinc.zxcvbn.StandardDictionaries;
import jangteo.chassis.web.Problem;
import jangteo.member.domain.Member;
import jangteo.member.domain.Password;
import jangteo.member.domain.WeakPasswords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which passwords may be set: those that {@link WeakPasswords} has nothing against, knowing the
 * 30,000 that leaked most often (of zxcvbn) and words that Koreans choose.
 */
public final class PasswordPolicy {

  private static final String LIST = "/jangteo/member/common-passwords.txt";

  /**
   * Read when the first password is set: it takes a tenth of a second, for which no start waits.
   */
  private static final class Known {
    static final WeakPasswords WEAK = new WeakPasswords(common());
  }

  private static Set<String> common() {
    try (InputStream list =
        Objects.requireNonNull(PasswordPolicy.class.getResourceAsStream(LIST), LIST)) {
      Set<String> common =
          new HashSet<>(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
      new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(common::add);
      return common;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why somebody of whom this is known must not have the password; empty when it may be set. */
  public Optional<String> objection(Password password, Collection<String> own) {
    return Known.WEAK.objection(password, own);
  }

  /**
   * Passes a password that the member may have.
   *
   * @throws jangteo.chassis.web.ProblemException 422 naming the field
   */
  void require(String field, Password password, Member member) {
    List<String> own =
        List.of(member.email().address(), member.name(), member.shopName().orElse(""));
    objection(password, own)
        .ifPresent(
            why -> {
              throw Problem.invalid(field, why).exception();
            });
  }
}
