package jangteo.member.store;

import jangteo.chassis.Ids;
import jangteo.chassis.data.Sql;
import jangteo.chassis.telemetry.Traces;
import jangteo.member.domain.SecurityEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The table {@code security_log}: who did what to which account, by ids alone. It is added to and
 * read, never changed; entries go with the transaction of what they tell.
 */
public final class SecurityLog {

  /**
   * One entry.
   *
   * @param memberId whose account; empty when there is no such account
   * @param actorId who did it; empty for somebody who was not logged in
   * @param traceId of the request
   */
  public record Entry(
      SecurityEvent event,
      Optional<Long> memberId,
      Optional<Long> actorId,
      String traceId,
      Instant at) {}

  private final Ids ids;
  private final Clock clock;

  /** Entries of that clock's time. */
  public SecurityLog(Ids ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /** What a member did to its own account. */
  public void own(Sql sql, SecurityEvent event, long memberId) {
    add(sql, event, Optional.of(memberId), Optional.of(memberId));
  }

  /** What an admin did to a member's account. */
  public void byAdmin(Sql sql, SecurityEvent event, long memberId, long adminId) {
    add(sql, event, Optional.of(memberId), Optional.of(adminId));
  }

  /** What somebody did who was not logged in, to an account that may not exist. */
  public void byStranger(Sql sql, SecurityEvent event, Optional<Long> memberId) {
    add(sql, event, memberId, Optional.empty());
  }

  /** The newest entries of a member, at most so many. */
  public List<Entry> of(Sql sql, long memberId, int atMost) {
    return sql
        .all(
            """
            SELECT event, member_id, actor_id, trace_id, created_at FROM security_log
            WHERE member_id = ? ORDER BY entry_id DESC LIMIT ?
            """,
            memberId,
            atMost)
        .stream()
        .map(
            row ->
                new Entry(
                    row.choice("event", SecurityEvent.class),
                    row.maybeWhole("member_id"),
                    row.maybeWhole("actor_id"),
                    row.text("trace_id"),
                    row.instant("created_at")))
        .toList();
  }

  private void add(Sql sql, SecurityEvent event, Optional<Long> memberId, Optional<Long> actorId) {
    sql.execute(
        """
        INSERT INTO security_log (entry_id, event, member_id, actor_id, trace_id, created_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        ids.next(),
        event,
        memberId,
        actorId,
        Traces.traceId(),
        clock.instant());
  }
}
