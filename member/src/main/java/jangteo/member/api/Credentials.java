package jangteo.member.api;

import jangteo.chassis.web.Validation;
import jangteo.member.domain.Email;
import jangteo.member.domain.Password;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** E-mail addresses and passwords out of requests. */
final class Credentials {

  private static final String MISSING = "is required";

  private Credentials() {}

  static Optional<Email> email(Validation validation, @Nullable String typed) {
    if (typed == null) {
      validation.check("email", false, MISSING);
      return Optional.empty();
    }
    Optional<Email> email = Email.parse(typed);
    validation.check("email", email.isPresent(), "is not an e-mail address");
    return email;
  }

  /** A password to be set. */
  static Optional<Password> chosen(Validation validation, String field, @Nullable String typed) {
    if (typed == null) {
      validation.check(field, false, MISSING);
      return Optional.empty();
    }
    Optional<Password> password = Password.choose(typed);
    validation.check(
        field,
        password.isPresent(),
        "must have %d to %d characters of well-formed Unicode"
            .formatted(Password.SHORTEST, Password.LONGEST));
    return password;
  }

  /** A password to be compared: whatever it is, it is right or wrong. */
  static Password typed(Validation validation, String field, @Nullable String typed) {
    validation.check(field, typed != null, MISSING);
    return Password.typed(typed == null ? "" : typed);
  }
}
