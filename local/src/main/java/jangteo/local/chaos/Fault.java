package jangteo.local.chaos;

import jangteo.local.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One thing done to one part.
 *
 * @param kind what is done
 * @param part to whom
 * @param lasts from its beginning until it is undone
 */
record Fault(Kind kind, String part, Duration lasts) {

  /** What can be done to a part. */
  enum Kind {
    /** SIGKILL; undone by a start. */
    KILL,
    /** SIGSTOP; undone by SIGCONT. */
    PAUSE,
    /** Each packet from it and to it is late. */
    DELAY,
    /** Each connection from it and to it is reset. */
    RESET,
    /** Nothing comes through from it or to it, and nothing is refused: a black hole. */
    SWALLOW;

    /** Whether it is done to the wires, and so needs proxies. */
    boolean cuts() {
      return this == DELAY || this == RESET || this == SWALLOW;
    }

    /**
     * How long it lasts when nothing else is said: a pause or a cut outlives the deadline of 5 s.
     */
    Duration usual() {
      return switch (this) {
        case KILL -> Duration.ofSeconds(3);
        case PAUSE, SWALLOW -> Duration.ofSeconds(7);
        case DELAY, RESET -> Duration.ofSeconds(6);
      };
    }
  }

  static Fault of(Kind kind, String part) {
    return new Fault(kind, part, kind.usual());
  }

  /**
   * As it is written on the command line, {@code pause:payment}.
   *
   * @throws Refusal when it is not written so
   */
  static Fault parse(String text) {
    String[] words = text.split(":", -1);
    List<String> kinds =
        Arrays.stream(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
    if (words.length != 2 || !kinds.contains(words[0])) {
      throw new Refusal(
          "A fault is written KIND:PART, as kill:order; the kinds are %s. This is none: %s"
              .formatted(String.join(", ", kinds), text));
    }
    if (!Faults.PARTS.contains(words[1])) {
      throw new Refusal(
          "There is no part called %s to break; the parts are %s."
              .formatted(words[1], String.join(", ", Faults.PARTS)));
    }
    return of(Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), words[1]);
  }

  @Override
  public String toString() {
    return "%s %s for %.1f s"
        .formatted(kind.name().toLowerCase(Locale.ROOT), part, lasts.toMillis() / 1000.0);
  }
}
