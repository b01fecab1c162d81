package jangteo.member.api;

import jangteo.member.domain.SecurityEvent;
import jangteo.member.store.SecurityLog;
import java.time.Instant;
import java.util.List;

/**
 * All that this service keeps of a member, for itself.
 *
 * @param elsewhere the calls that have what the other services keep
 */
record ExportView(
    Instant exportedAt,
    MemberView member,
    List<AddressView> addresses,
    List<SessionView> sessions,
    List<LogView> securityLog,
    List<String> elsewhere) {

  /** What the caller asks the other services for. */
  static final List<String> ELSEWHERE =
      List.of("/api/v1/orders", "/api/v1/wallet", "/api/v1/reviews");

  /**
   * An entry of the security log.
   *
   * @param byMember whether the member did it itself, logged in
   */
  record LogView(SecurityEvent event, Instant at, boolean byMember) {

    static LogView of(SecurityLog.Entry entry) {
      return new LogView(entry.event(), entry.at(), entry.actorId().equals(entry.memberId()));
    }
  }
}
