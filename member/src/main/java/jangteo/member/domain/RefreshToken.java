package jangteo.member.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * A refresh token as it is remembered. Each is good for one use; its use brings the next of the
 * family (the session).
 *
 * @param sessionId the family
 * @param memberId whose it is
 * @param expiresAt until when it can be used
 * @param used whether it has been
 * @param revoked whether its family ended
 */
public record RefreshToken(
    UUID sessionId, long memberId, Instant expiresAt, boolean used, boolean revoked) {

  /** What follows when a token is shown. */
  public enum Verdict {
    /** A new pair. */
    ROTATE,
    /** Somebody uses it a second time, so one of the two stole it: the family ends. */
    REVOKE_FAMILY,
    /** Nothing but a refusal. */
    REFUSE
  }

  /** RFC 9700, 4.14.2: rotation with detection of reuse. */
  public Verdict shown(Instant now) {
    if (revoked || !now.isBefore(expiresAt)) {
      return Verdict.REFUSE;
    }
    return used ? Verdict.REVOKE_FAMILY : Verdict.ROTATE;
  }
}
