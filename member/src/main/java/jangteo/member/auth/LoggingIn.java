package jangteo.member.auth;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.member.domain.Email;
import jangteo.member.domain.Member;
import jangteo.member.domain.Password;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.store.LoginFailures;
import jangteo.member.store.Members;
import jangteo.member.store.Members.Credentials;
import jangteo.member.store.SecurityLog;
import java.util.Optional;

/** From a password to a pair of tokens. */
public final class LoggingIn {

  private final Database database;
  private final Members members;
  private final LoginFailures failures;
  private final Passwords passwords;
  private final SecondFactor secondFactor;
  private final Issuing issuing;
  private final SecurityLog log;

  /** Wires it. */
  public LoggingIn(
      Database database,
      Members members,
      LoginFailures failures,
      Passwords passwords,
      SecondFactor secondFactor,
      Issuing issuing,
      SecurityLog log) {
    this.database = database;
    this.members = members;
    this.failures = failures;
    this.passwords = passwords;
    this.secondFactor = secondFactor;
    this.issuing = issuing;
    this.log = log;
  }

  /**
   * A new session.
   *
   * @param code of the second factor, for members who have one
   * @param address the network address it is asked from
   * @throws ProblemException 401 for an unknown account and a wrong password alike, after the same
   *     work; 401 of a kind of its own when the password is right and the code is not; 403 for a
   *     suspended member; 429 after too many failures
   */
  public TokenPair login(Email email, Password password, Optional<String> code, String address) {
    Attempt attempt = passwords.inTurn(() -> attempt(email, password, address));
    Credentials known =
        attempt
            .account()
            .filter(_ -> attempt.compared().right())
            .orElseThrow(() -> refused(attempt.account()));
    Optional<String> betterHash = attempt.compared().betterHash();
    return switch (database.inTransaction(tx -> start(tx, known, betterHash, code))) {
      case Begun begun -> {
        failures.forget(email);
        yield begun.pair();
      }
      case Refused.SUSPENDED -> throw suspended();
      case Refused.CODE_MISSING -> throw codeNeeded("This member's login needs a code.");
      case Refused.CODE_WRONG -> {
        failures.count(email, address);
        throw codeNeeded("The code is wrong, or was used before.");
      }
    };
  }

  /** An account, if there is one, and whether the password is its own. */
  private record Attempt(Optional<Credentials> account, Passwords.Compared compared) {}

  /** What became of a login whose password is right. */
  private sealed interface Start permits Begun, Refused {}

  private record Begun(TokenPair pair) implements Start {}

  private enum Refused implements Start {
    SUSPENDED,
    CODE_MISSING,
    CODE_WRONG
  }

  /**
   * Within one turn: at most as many guesses as there are turns pass the limit, and a wave of
   * logins waits for its turn and not for the database, which others need.
   */
  private Attempt attempt(Email email, Password password, String address) {
    failures
        .tooMany(email, address)
        .ifPresent(
            wait -> {
              throw Problem.tooManyRequests("Too many failed logins.", wait).exception();
            });
    Optional<Credentials> account = database.read(sql -> members.credentials(sql, email));
    Passwords.Compared compared =
        passwords.compare(password, account.map(Credentials::passwordHash));
    if (!compared.right()) {
      failures.count(email, address);
    }
    return new Attempt(account, compared);
  }

  /** 401 when the password has been changed since it was compared. */
  private Start start(
      Transaction tx, Credentials compared, Optional<String> betterHash, Optional<String> code) {
    Member member =
        members
            .lockCredentials(tx, compared.member().memberId())
            .filter(compared::samePassword)
            .orElseThrow(LoggingIn::wrong)
            .member();
    long memberId = member.memberId();
    betterHash.ifPresent(hash -> members.rehash(tx, memberId, compared.passwordHash(), hash));
    if (member.status() != Member.Status.ACTIVE) {
      log.byStranger(tx, SecurityEvent.LOGIN_REFUSED, Optional.of(memberId));
      return Refused.SUSPENDED;
    }
    if (secondFactor.enabled(tx, memberId)) {
      if (code.isEmpty()) {
        return Refused.CODE_MISSING;
      }
      if (!secondFactor.passes(tx, memberId, code.get())) {
        log.byStranger(tx, SecurityEvent.SECOND_FACTOR_FAILED, Optional.of(memberId));
        return Refused.CODE_WRONG;
      }
    }
    log.own(tx, SecurityEvent.LOGGED_IN, memberId);
    return new Begun(issuing.start(tx, member));
  }

  static void requireActive(Member member) {
    if (member.status() != Member.Status.ACTIVE) {
      throw suspended();
    }
  }

  private ProblemException refused(Optional<Credentials> account) {
    database.transact(
        tx ->
            log.byStranger(
                tx, SecurityEvent.LOGIN_FAILED, account.map(known -> known.member().memberId())));
    return wrong();
  }

  private static ProblemException wrong() {
    return Problem.unauthorized("E-mail or password is wrong.").exception();
  }

  private static ProblemException codeNeeded(String detail) {
    return Problem.unauthorized(detail)
        .ofKind("second-factor-needed", "A code is needed")
        .exception();
  }

  private static ProblemException suspended() {
    return Problem.forbidden("The member is suspended.").exception();
  }
}
