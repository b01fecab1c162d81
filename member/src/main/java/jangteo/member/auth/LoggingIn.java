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
  private final Issuing issuing;
  private final SecurityLog log;

  /** Wires it. */
  public LoggingIn(
      Database database,
      Members members,
      LoginFailures failures,
      Passwords passwords,
      Issuing issuing,
      SecurityLog log) {
    this.database = database;
    this.members = members;
    this.failures = failures;
    this.passwords = passwords;
    this.issuing = issuing;
    this.log = log;
  }

  /**
   * A new session.
   *
   * @param address the network address it is asked from
   * @throws ProblemException 401 for an unknown account and a wrong password alike, after the same
   *     work; 403 for a suspended member; 429 after too many failures
   */
  public TokenPair login(Email email, Password password, String address) {
    Optional<Credentials> account = database.read(sql -> members.credentials(sql, email));
    Passwords.Compared compared =
        passwords.inTurn(() -> compare(email, password, address, account));
    Credentials known = account.filter(_ -> compared.right()).orElseThrow(() -> refused(account));
    failures.forget(email);
    return database
        .inTransaction(tx -> start(tx, known, compared.betterHash()))
        .orElseThrow(LoggingIn::suspended);
  }

  /** Within one turn: at most as many guesses as there are turns pass the limit. */
  private Passwords.Compared compare(
      Email email, Password password, String address, Optional<Credentials> account) {
    failures
        .tooMany(email, address)
        .ifPresent(
            wait -> {
              throw Problem.tooManyRequests("Too many failed logins.", wait).exception();
            });
    Passwords.Compared compared =
        passwords.compare(password, account.map(Credentials::passwordHash));
    if (!compared.right()) {
      failures.count(email, address);
    }
    return compared;
  }

  /** Empty for a suspended member; 401 when the password has been changed since it was compared. */
  private Optional<TokenPair> start(
      Transaction tx, Credentials compared, Optional<String> betterHash) {
    Credentials present =
        members
            .lockCredentials(tx, compared.member().memberId())
            .filter(compared::samePassword)
            .orElseThrow(LoggingIn::wrong);
    Member member = present.member();
    if (member.status() != Member.Status.ACTIVE) {
      log.byStranger(tx, SecurityEvent.LOGIN_REFUSED, Optional.of(member.memberId()));
      return Optional.empty();
    }
    betterHash.ifPresent(
        hash -> members.rehash(tx, member.memberId(), compared.passwordHash(), hash));
    log.own(tx, SecurityEvent.LOGGED_IN, member.memberId());
    return Optional.of(issuing.start(tx, member));
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

  private static ProblemException suspended() {
    return Problem.forbidden("The member is suspended.").exception();
  }
}
