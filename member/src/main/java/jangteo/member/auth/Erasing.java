package jangteo.member.auth;

import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.web.Problem;
import jangteo.member.domain.Member;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.events.MemberEvents;
import jangteo.member.store.Addresses;
import jangteo.member.store.Mails;
import jangteo.member.store.Members;
import jangteo.member.store.SecurityLog;
import jangteo.member.store.Sessions;

/**
 * A member who leaves: all that is kept of it goes in one transaction with the tombstone by which
 * the others forget its names, and no token that it has works on. Its id stays in orders, reviews
 * and the security log.
 */
public final class Erasing {

  private final Members members;
  private final Addresses addresses;
  private final Sessions sessions;
  private final Mails mails;
  private final Blocking blocking;
  private final Outbox outbox;
  private final SecurityLog log;

  /** Wires it. */
  public Erasing(
      Members members,
      Addresses addresses,
      Sessions sessions,
      Mails mails,
      Blocking blocking,
      Outbox outbox,
      SecurityLog log) {
    this.members = members;
    this.addresses = addresses;
    this.sessions = sessions;
    this.mails = mails;
    this.blocking = blocking;
    this.outbox = outbox;
    this.log = log;
  }

  /**
   * Erases a locked member.
   *
   * @throws jangteo.chassis.web.ProblemException 409 for an admin: the shop would have none
   */
  public void erase(Transaction tx, Member member) {
    if (member.admin()) {
      throw Problem.conflict("Admins cannot erase themselves.").exception();
    }
    long memberId = member.memberId();
    blocking.blockAll(tx, memberId);
    sessions.deleteAll(tx, memberId);
    addresses.deleteAll(tx, memberId);
    mails.deleteAll(tx, member.email());
    members.delete(tx, member);
    outbox.add(tx, MemberEvents.erased(member));
    log.own(tx, SecurityEvent.ERASED, memberId);
  }
}
