package jangteo.member.auth;

import jangteo.chassis.data.Database;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import jangteo.member.domain.Email;
import jangteo.member.domain.MailKind;
import jangteo.member.domain.Member;
import jangteo.member.domain.Password;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.events.MemberEvents;
import jangteo.member.store.LoginFailures;
import jangteo.member.store.MailLimits;
import jangteo.member.store.MailTokens;
import jangteo.member.store.Mails;
import jangteo.member.store.Members;
import jangteo.member.store.SecurityLog;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What a member may do who reads its mail: have its address verified, choose a password. */
public final class ProvingEmail {

  private final Database database;
  private final Members members;
  private final Mails mails;
  private final MailTokens tokens;
  private final MailLimits limits;
  private final LoginFailures failures;
  private final PasswordPolicy policy;
  private final Passwords passwords;
  private final Blocking blocking;
  private final Outbox outbox;
  private final SecurityLog log;
  private final Clock clock;

  /** Wires it. */
  public ProvingEmail(
      Database database,
      Members members,
      Mails mails,
      MailTokens tokens,
      MailLimits limits,
      LoginFailures failures,
      PasswordPolicy policy,
      Passwords passwords,
      Blocking blocking,
      Outbox outbox,
      SecurityLog log,
      Clock clock) {
    this.database = database;
    this.members = members;
    this.mails = mails;
    this.tokens = tokens;
    this.limits = limits;
    this.failures = failures;
    this.policy = policy;
    this.passwords = passwords;
    this.blocking = blocking;
    this.outbox = outbox;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Has a mail sent with which a member can choose another password. Whether there is such a member
   * is found out later, where the mail is made: the answer and its time are the same.
   *
   * @param address the network address it is asked from
   * @throws ProblemException 429 after too many
   */
  public void forgot(Email email, String address) {
    requireFew(email, address);
    database.transact(tx -> mails.add(tx, MailKind.RESET_PASSWORD, email));
  }

  /**
   * Has the mail sent again that verifies the member's address, unless it is verified.
   *
   * @throws ProblemException 429 after too many
   */
  public void askAgain(long memberId, String address) {
    Member member =
        database
            .read(sql -> members.find(sql, memberId))
            .orElseThrow(
                () -> Problem.unauthorized("The member does not exist any more.").exception());
    if (!member.emailVerified()) {
      requireFew(member.email(), address);
      database.transact(tx -> mails.add(tx, MailKind.VERIFY_EMAIL, member.email()));
    }
  }

  /**
   * The address of whom the token was sent to is verified.
   *
   * @throws ProblemException 422 naming {@code token} when it does not work (any more)
   */
  public void verify(String token) {
    byte[] hash = RandomTokens.hash(token);
    database.transact(
        tx -> {
          Member member = lock(tx, hash, MailKind.VERIFY_EMAIL);
          markVerified(tx, member);
          tokens.useUp(tx, member.memberId(), MailKind.VERIFY_EMAIL);
          log.own(tx, SecurityEvent.EMAIL_VERIFIED, member.memberId());
        });
  }

  /**
   * Sets the password of whom the token was sent to. All its sessions end; who has forgotten a
   * password may have lost more than that.
   *
   * @throws ProblemException 422 naming {@code token} when it does not work (any more), or {@code
   *     password} when it is one that is guessed first
   */
  public void reset(String token, Password password) {
    byte[] hash = RandomTokens.hash(token);
    Member known = whoResets(hash);
    policy.require("password", password, known);
    String passwordHash = passwords.hash(password);
    database.transact(
        tx -> {
          Member member = lock(tx, hash, MailKind.RESET_PASSWORD);
          members.setPassword(tx, member.memberId(), passwordHash, clock.instant());
          markVerified(tx, member);
          tokens.useUp(tx, member.memberId(), MailKind.RESET_PASSWORD);
          blocking.blockAll(tx, member.memberId());
          mails.add(tx, MailKind.PASSWORD_CHANGED, member.email());
          log.byStranger(tx, SecurityEvent.PASSWORD_RESET, Optional.of(member.memberId()));
        });
    failures.forget(known.email());
  }

  private Member whoResets(byte[] hash) {
    return database
        .read(
            sql ->
                tokens
                    .memberId(sql, hash, MailKind.RESET_PASSWORD, clock.instant())
                    .flatMap(memberId -> members.find(sql, memberId)))
        .orElseThrow(ProvingEmail::dead);
  }

  /** The member whose token it is, locked; of two who use it at once the second finds it used. */
  private Member lock(Transaction tx, byte[] hash, MailKind kind) {
    Member member =
        tokens
            .memberId(tx, hash, kind, clock.instant())
            .flatMap(memberId -> members.lock(tx, memberId))
            .orElseThrow(ProvingEmail::dead);
    if (tokens.memberId(tx, hash, kind, clock.instant()).isEmpty()) {
      throw dead();
    }
    return member;
  }

  private void markVerified(Transaction tx, Member before) {
    Member after = before.verifyEmail(clock.instant());
    if (after.version() != before.version()) {
      members.update(tx, after);
      outbox.add(tx, MemberEvents.changed(after));
    }
  }

  private void requireFew(Email email, String address) {
    Optional<Duration> wait = limits.take(email, address);
    if (wait.isPresent()) {
      throw Problem.tooManyRequests("Too many mails were asked for.", wait.get()).exception();
    }
  }

  private static ProblemException dead() {
    return Problem.invalid("token", "does not work, or no longer").exception();
  }
}
