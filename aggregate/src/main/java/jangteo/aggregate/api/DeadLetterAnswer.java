package jangteo.aggregate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jangteo.aggregate.deadletters.DeadLetter;
import java.time.Instant;
import java.util.Optional;

/** A dead letter in JSON. The record's value is not shown: it may be anything. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DeadLetterAnswer(
    String id,
    Instant at,
    String consumer,
    String source,
    String key,
    String type,
    String reason,
    int bytes,
    Optional<String> traceId,
    boolean replayable,
    Optional<Instant> replayedAt) {

  static DeadLetterAnswer of(DeadLetter letter, Optional<Instant> replayedAt) {
    byte[] value = letter.record().value();
    String[] trace = letter.traceparent().split("-", -1);
    return new DeadLetterAnswer(
        letter.place().id(),
        letter.at(),
        letter.consumer(),
        letter.source(),
        letter.key(),
        letter.type(),
        letter.reason(),
        value == null ? 0 : value.length,
        trace.length == 4 ? Optional.of(trace[1]) : Optional.empty(),
        !letter.replayTo().isEmpty(),
        replayedAt);
  }
}
