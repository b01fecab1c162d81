package jangteo.member.auth;

import jangteo.chassis.web.Problem;
import jangteo.member.domain.Member;
import jangteo.member.domain.Password;
import jangteo.member.domain.WeakPasswords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which passwords may be set: those that {@link WeakPasswords} has nothing against. */
public final class PasswordPolicy {

  private static final String LIST = "/jangteo/member/common-passwords.txt";

  private final WeakPasswords weak;

  private PasswordPolicy(WeakPasswords weak) {
    this.weak = weak;
  }

  /** With the list that ships with the service. */
  public static PasswordPolicy load() {
    try (InputStream list =
        Objects.requireNonNull(PasswordPolicy.class.getResourceAsStream(LIST), LIST)) {
      String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      return new PasswordPolicy(
          new WeakPasswords(
              text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why somebody of whom this is known must not have the password; empty when it may be set. */
  public Optional<String> objection(Password password, Collection<String> own) {
    return weak.objection(password, own);
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
