package jangteo.member.auth;

import jangteo.chassis.data.Transaction;
import jangteo.chassis.events.Outbox;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.Problem;
import jangteo.member.domain.Member;
import jangteo.member.domain.SecurityEvent;
import jangteo.member.events.MemberEvents;
import jangteo.member.store.Members;
import jangteo.member.store.SecurityLog;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** Members shut out by an admin, and let in again; repeating either is harmless. */
public final class Suspending {

  private final Members members;
  private final Blocking blocking;
  private final Outbox outbox;
  private final SecurityLog log;
  private final Clock clock;

  /** Wires it. */
  public Suspending(
      Members members, Blocking blocking, Outbox outbox, SecurityLog log, Clock clock) {
    this.members = members;
    this.blocking = blocking;
    this.outbox = outbox;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Shuts a member out: it cannot log in, and no token that it has works on.
   *
   * @throws jangteo.chassis.web.ProblemException 404 without such a member; 409 for the admin
   *     itself, so that one always remains
   */
  public Member suspend(Transaction tx, long memberId, Caller admin) {
    if (memberId == admin.memberId()) {
      throw Problem.conflict("Admins cannot suspend themselves.").exception();
    }
    Member member =
        changed(tx, memberId, admin, SecurityEvent.SUSPENDED, was -> was.suspend(clock.instant()));
    blocking.blockAll(tx, memberId);
    return member;
  }

  /**
   * Lets a member log in again; its old tokens stay dead.
   *
   * @throws jangteo.chassis.web.ProblemException 404 without such a member
   */
  public Member reinstate(Transaction tx, long memberId, Caller admin) {
    return changed(
        tx, memberId, admin, SecurityEvent.REINSTATED, was -> was.reinstate(clock.instant()));
  }

  private Member changed(
      Transaction tx,
      long memberId,
      Caller admin,
      SecurityEvent event,
      UnaryOperator<Member> change) {
    Member before =
        members
            .lock(tx, memberId)
            .orElseThrow(() -> Problem.notFound("There is no such member.").exception());
    Member after = change.apply(before);
    if (after.version() != before.version()) {
      members.update(tx, after);
      outbox.add(tx, MemberEvents.changed(after));
      log.byAdmin(tx, event, memberId, admin.memberId());
    }
    return after;
  }
}
