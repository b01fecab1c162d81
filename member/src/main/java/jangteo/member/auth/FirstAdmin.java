package jangteo.member.auth;

import jangteo.chassis.Preparation;
import jangteo.member.domain.Email;
import jangteo.member.domain.Password;

/** Sees to it that there is an admin: the one of the configuration, made once. */
public final class FirstAdmin {

  private static final String NAME = "first-admin";

  private FirstAdmin() {}

  /**
   * Makes the admin when there is none of that address.
   *
   * @param email blank for none
   * @param password its first password; not looked at when there is such a member
   * @throws IllegalArgumentException when either is not valid
   */
  public static Preparation of(SigningUp signingUp, String email, String password) {
    if (email.isBlank()) {
      return new Preparation(NAME, () -> {});
    }
    Email address =
        Email.parse(email)
            .orElseThrow(() -> new IllegalArgumentException("jangteo.admin.email is not valid"));
    Password chosen =
        Password.choose(password)
            .orElseThrow(() -> new IllegalArgumentException("jangteo.admin.password is too short"));
    return new Preparation(NAME, () -> signingUp.signUpAdmin(address, chosen));
  }
}
