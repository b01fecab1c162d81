package jangteo.aggregate.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How fresh the read model is, as far as this instance's sources go.
 *
 * <p>Again and again it is asked where a source ends, and noted when that was. Once everything up
 * to that end has been applied, the read model includes all that the source held at the time of the
 * question. So nothing is believed of a source whose end is not known, and no clock but one is
 * used. Safe for many threads.
 */
public final class Progress {

  private final Map<Source, State> sources = new HashMap<>();

  /**
   * How far a source has been applied.
   *
   * @param position all records before it are applied
   * @param asOf the read model includes what the source held then; empty when that is not known yet
   */
  public record Reached(long position, Optional<Instant> asOf) {}

  private static final class State {
    private long position;
    private Optional<Instant> asOf = Optional.empty();
    private Optional<Instant> asked = Optional.empty();
    private OptionalLong end = OptionalLong.empty();

    private void settle() {
      if (end.isPresent() && position >= end.getAsLong()) {
        asOf = asked;
        asked = Optional.empty();
        end = OptionalLong.empty();
      }
    }
  }

  /** All records before these places are applied; other sources are no longer this instance's. */
  public synchronized void reached(Map<Source, Long> positions) {
    sources.keySet().retainAll(positions.keySet());
    positions.forEach(
        (source, position) -> {
          State state = sources.computeIfAbsent(source, key -> new State());
          state.position = position;
          state.settle();
        });
  }

  /** It is asked where the sources end: those are not asked again whose last end is still ahead. */
  public synchronized void asking(Instant now) {
    for (State state : sources.values()) {
      if (state.asked.isEmpty()) {
        state.asked = Optional.of(now);
      }
    }
  }

  /** Where the sources ended at some time after {@link #asking}. */
  public synchronized void answered(Map<Source, Long> ends) {
    ends.forEach(
        (source, end) -> {
          State state = sources.get(source);
          if (state != null && state.asked.isPresent() && state.end.isEmpty()) {
            state.end = OptionalLong.of(end);
            state.settle();
          }
        });
  }

  /** This instance's sources. */
  public synchronized Map<Source, Reached> sources() {
    Map<Source, Reached> all = new HashMap<>();
    sources.forEach((source, state) -> all.put(source, new Reached(state.position, state.asOf)));
    return all;
  }

  /**
   * For how long something of a topic has been known of, or could have come unseen, and is not
   * applied: zero when all is. Topics that have no source here are left out.
   */
  public synchronized Map<String, Duration> lags(Instant now) {
    Map<String, Duration> lags = new TreeMap<>();
    sources.forEach(
        (source, state) ->
            lags.merge(
                source.topic(),
                state.asked.map(since -> Duration.between(since, now)).orElse(Duration.ZERO),
                (one, other) -> one.compareTo(other) >= 0 ? one : other));
    return lags;
  }
}
