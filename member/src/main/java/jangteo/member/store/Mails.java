package jangteo.member.store;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Sql;
import jangteo.chassis.data.Transaction;
import jangteo.member.domain.Email;
import jangteo.member.domain.MailKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The table {@code mails}: what is to be sent, until the mail server has taken it. */
public final class Mails {

  /**
   * A mail that is to be sent.
   *
   * @param to who asked for it; there may be no such member
   * @param attempts how often it was tried before
   */
  public record Due(long mailId, MailKind kind, Email to, int attempts) {}

  private final Ids ids;
  private final Clock clock;

  /** Mails that are due by that clock. */
  public Mails(Ids ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /** Has a mail sent soon after the transaction. */
  public void add(Sql sql, MailKind kind, Email to) {
    Instant now = clock.instant();
    sql.execute(
        """
        INSERT INTO mails (mail_id, kind, email, attempts, due_at, created_at)
        VALUES (?, ?, ?, 0, ?, ?)
        """,
        ids.next(),
        kind,
        to.address(),
        now,
        now);
  }

  /**
   * Takes some that are due; for the lease nobody else does.
   *
   * @param atMost so many
   */
  public List<Due> take(Transaction tx, int atMost, Duration lease) {
    Instant now = clock.instant();
    List<Due> due =
        tx
            .all(
                """
                SELECT mail_id, kind, email, attempts FROM mails WHERE due_at <= ?
                ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED
                """,
                now,
                atMost)
            .stream()
            .map(
                row ->
                    new Due(
                        row.whole("mail_id"),
                        row.choice("kind", MailKind.class),
                        Email.ofNormal(row.text("email")),
                        (int) row.whole("attempts")))
            .toList();
    due.forEach(mail -> postpone(tx, mail.mailId(), lease));
    return due;
  }

  /** Has a mail that could not be sent tried again after a pause. */
  public void postpone(Sql sql, long mailId, Duration pause) {
    sql.execute(
        "UPDATE mails SET due_at = ?, attempts = attempts + 1 WHERE mail_id = ?",
        clock.instant().plus(pause),
        mailId);
  }

  /** Forgets a mail: it was sent, or never can be. */
  public void delete(Sql sql, long mailId) {
    sql.execute("DELETE FROM mails WHERE mail_id = ?", mailId);
  }

  /** Forgets what was to be sent there. */
  public void deleteAll(Transaction tx, Email to) {
    tx.execute("DELETE FROM mails WHERE email = ?", to.address());
  }
}
