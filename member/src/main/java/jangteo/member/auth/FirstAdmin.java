package jangteo.member.auth;

import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import jangteo.member.domain.Email;
import jangteo.member.domain.Password;
import java.time.Duration;

/** Sees to it that there is an admin: the one of the configuration, made once. */
public final class FirstAdmin implements Part {

  private static final Duration SELDOM = Duration.ofDays(1);

  private final Repeated making;
  private volatile boolean there;

  /**
   * Names the admin.
   *
   * @param email blank for none
   * @param password its first password; not looked at when there is such a member
   * @throws IllegalArgumentException when either is not valid
   */
  public FirstAdmin(SigningUp signingUp, String email, String password) {
    if (email.isBlank()) {
      this.making = new Repeated("first-admin", SELDOM, () -> there = true);
      return;
    }
    Email address =
        Email.parse(email)
            .orElseThrow(() -> new IllegalArgumentException("jangteo.admin.email is not valid"));
    Password chosen =
        Password.choose(password)
            .orElseThrow(() -> new IllegalArgumentException("jangteo.admin.password is too short"));
    this.making =
        new Repeated(
            "first-admin",
            SELDOM,
            () -> {
              signingUp.signUpAdmin(address, chosen);
              there = true;
            });
  }

  @Override
  public String name() {
    return "first-admin";
  }

  @Override
  public void start() {
    making.start();
  }

  @Override
  public void stop() {
    making.stop();
  }

  @Override
  public Readiness readiness() {
    return there ? Readiness.yes() : Readiness.no("the first admin is not stored yet");
  }
}
