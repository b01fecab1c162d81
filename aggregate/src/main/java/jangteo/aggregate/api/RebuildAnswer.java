package jangteo.aggregate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.aggregate.domain.Rebuild;
import java.time.Instant;
import java.util.Optional;

/** A rebuild in JSON. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record RebuildAnswer(
    String rebuildId,
    Rebuild.State state,
    Rebuild.Stage stage,
    Instant startedAt,
    Optional<Instant> endedAt,
    long expected,
    long documents,
    long caughtUp,
    Optional<String> reason) {

  static RebuildAnswer of(Rebuild rebuild) {
    return new RebuildAnswer(
        rebuild.id(),
        rebuild.state(),
        rebuild.stage(),
        rebuild.startedAt(),
        rebuild.endedAt(),
        rebuild.expected(),
        rebuild.documents(),
        rebuild.caughtUp(),
        rebuild.reason());
  }
}
