package jangteo.member.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.member.auth.EndingSessions;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A session as its member sees it. */
record SessionView(
    UUID sessionId,
    boolean current,
    Instant startedAt,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Instant> refreshedAt,
    Instant expiresAt) {

  static SessionView of(EndingSessions.Own own) {
    return new SessionView(
        own.session().sessionId(),
        own.current(),
        own.session().startedAt(),
        own.session().refreshedAt(),
        own.session().expiresAt());
  }
}
