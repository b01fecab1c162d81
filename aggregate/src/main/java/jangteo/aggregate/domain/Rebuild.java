package jangteo.aggregate.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * One making anew of the read model.
 *
 * @param expected how many documents there will be at most, as far as the topics tell
 * @param documents how many have been written to the new one
 * @param caughtUp how many records were read that came meanwhile
 * @param reason why it failed
 */
public record Rebuild(
    String id,
    State state,
    Stage stage,
    Instant startedAt,
    Optional<Instant> endedAt,
    long expected,
    long documents,
    long caughtUp,
    Optional<String> reason) {

  /** How it stands. */
  public enum State {
    /** The new one is being made; nothing of the live one has changed. */
    RUNNING,
    /** The new one takes the live one's place, which is carried through whatever happens. */
    SWITCHING,
    /** The new one is live. */
    DONE,
    /** The live one is as it was. */
    FAILED
  }

  /** What it is at. */
  public enum Stage {
    /** Reading topics and writing documents. */
    WRITING,
    /** Making indexes. */
    INDEXING,
    /** Reading what came meanwhile. */
    CATCHING_UP,
    /** Taking the live one's place. */
    SWITCHING,
    /** Nothing any more. */
    ENDED
  }
}
