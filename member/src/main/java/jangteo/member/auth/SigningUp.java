package jangteo.member.auth;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Database;
import jangteo.chassis.data.DuplicateKeyException;
import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.web.Problem;
import jangteo.member.domain.Email;
import jangteo.member.domain.MailKind;
import jangteo.member.domain.Member;
import jangteo.member.domain.Password;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.events.MemberEvents;
import jangteo.member.store.Mails;
import jangteo.member.store.Members;
import jangteo.member.store.RateLimit;
import jangteo.member.store.SecurityLog;
import java.time.Clock;

/** A new member. */
public final class SigningUp {

  private final Database database;
  private final Members members;
  private final Mails mails;
  private final RateLimit limit;
  private final Passwords passwords;
  private final Outbox outbox;
  private final SecurityLog log;
  private final Clock clock;
  private final Ids ids;

  /** Wires it. */
  public SigningUp(
      Database database,
      Members members,
      Mails mails,
      RateLimit limit,
      Passwords passwords,
      Outbox outbox,
      SecurityLog log,
      Clock clock,
      Ids ids) {
    this.database = database;
    this.members = members;
    this.mails = mails;
    this.limit = limit;
    this.passwords = passwords;
    this.outbox = outbox;
    this.log = log;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * A new buyer. The e-mail address is unique, so a repeated sign-up cannot make a second one.
   *
   * @param address the network address it is asked from
   * @throws jangteo.chassis.web.ProblemException 409 when the e-mail address is taken; 429 after
   *     too many from the network address
   */
  public Member signUp(Email email, Password password, String name, String address) {
    limit
        .take(address)
        .ifPresent(
            wait -> {
              throw Problem.tooManyRequests("Too many sign-ups.", wait).exception();
            });
    Member member = Member.signUp(ids.next(), email, name, clock.instant());
    try {
      String hash = passwords.hash(password);
      database.transact(
          tx -> {
            store(tx, member, hash);
            mails.add(tx, MailKind.VERIFY_EMAIL, email);
          });
    } catch (DuplicateKeyException taken) {
      throw Problem.conflict("There is a member with this e-mail address already.").exception();
    }
    return member;
  }

  /** The first admin, unless there is a member with that address. */
  void signUpAdmin(Email email, Password password) {
    if (database.read(sql -> members.credentials(sql, email)).isPresent()) {
      return;
    }
    Member admin = Member.signUp(ids.next(), email, "Admin", clock.instant()).asAdmin();
    try {
      String hash = passwords.hash(password);
      database.transact(tx -> store(tx, admin, hash));
    } catch (DuplicateKeyException anotherInstanceWasFaster) {
      return;
    }
  }

  private void store(Transaction tx, Member member, String passwordHash) {
    members.add(tx, member, passwordHash);
    outbox.add(tx, MemberEvents.changed(member));
    log.own(tx, SecurityEvent.SIGNED_UP, member.memberId());
  }
}
