package jangteo.member.auth;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.member.domain.Email;
import jangteo.member.domain.MailKind;
import jangteo.member.domain.Password;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.store.LoginFailures;
import jangteo.member.store.Mails;
import jangteo.member.store.Members;
import jangteo.member.store.Members.Credentials;
import jangteo.member.store.SecurityLog;
import java.time.Clock;
import java.util.Optional;

/** Another password, chosen by who knows the present one. */
public final class ChangingPassword {

  private final Database database;
  private final Members members;
  private final Mails mails;
  private final LoginFailures failures;
  private final PasswordPolicy policy;
  private final Passwords passwords;
  private final EndingSessions endingSessions;
  private final SecurityLog log;
  private final Clock clock;

  /** Wires it. */
  public ChangingPassword(
      Database database,
      Members members,
      Mails mails,
      LoginFailures failures,
      PasswordPolicy policy,
      Passwords passwords,
      EndingSessions endingSessions,
      SecurityLog log,
      Clock clock) {
    this.database = database;
    this.members = members;
    this.mails = mails;
    this.failures = failures;
    this.policy = policy;
    this.passwords = passwords;
    this.endingSessions = endingSessions;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Sets the password and ends all sessions but the caller's. A wrong present one counts as a
   * failed login: with a stolen token nobody can guess for long.
   *
   * @param address the network address it is asked from
   * @throws ProblemException 422 naming {@code newPassword} when it is one that is guessed first,
   *     or {@code currentPassword} when that is wrong; 429 after too many failures
   */
  public void change(Caller caller, Password present, Password next, String address) {
    Credentials account =
        database
            .read(sql -> members.credentials(sql, caller.memberId()))
            .orElseThrow(ChangingPassword::gone);
    policy.require("newPassword", next, account.member());
    if (!passwords.inTurn(() -> right(account, present, address))) {
      database.transact(
          tx -> log.byStranger(tx, SecurityEvent.LOGIN_FAILED, Optional.of(caller.memberId())));
      throw wrong();
    }
    failures.forget(account.member().email());
    String hash = passwords.hash(next);
    database.transact(tx -> set(tx, caller, account, hash));
  }

  private boolean right(Credentials account, Password present, String address) {
    Email email = account.member().email();
    failures
        .tooMany(email, address)
        .ifPresent(
            wait -> {
              throw Problem.tooManyRequests("Too many wrong passwords.", wait).exception();
            });
    boolean right = passwords.compare(present, Optional.of(account.passwordHash())).right();
    if (!right) {
      failures.count(email, address);
    }
    return right;
  }

  private void set(Transaction tx, Caller caller, Credentials compared, String hash) {
    if (members.lockCredentials(tx, caller.memberId()).filter(compared::samePassword).isEmpty()) {
      throw wrong();
    }
    members.setPassword(tx, caller.memberId(), hash, clock.instant());
    endingSessions.endOthers(tx, caller);
    mails.add(tx, MailKind.PASSWORD_CHANGED, compared.member().email());
    log.own(tx, SecurityEvent.PASSWORD_CHANGED, caller.memberId());
  }

  private static ProblemException wrong() {
    return Problem.invalid("currentPassword", "is wrong").exception();
  }

  private static ProblemException gone() {
    return Problem.unauthorized("The member does not exist any more.").exception();
  }
}
