package jangteo.local.chaos;

import jangteo.local.Refusal;
import jangteo.local.chaos.Fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Which faults come, in which order: rounds of one fault, or of two that begin together. */
final class Faults {
  /** What is broken; the more often a part is named, the likelier it is its turn. */
  private static final List<String> TURNS =
      List.of(
          "order",
          "order",
          "item",
          "item",
          "payment",
          "payment",
          "kafka",
          "kafka",
          "mariadb",
          "mariadb",
          "mongodb",
          "redis",
          "search",
          "aggregate",
          "member",
          "gateway",
          "review");

  /** Every part that can be broken. */
  static final List<String> PARTS = TURNS.stream().distinct().toList();

  /** Covers in minutes: each part but review, each kind, alone and with another. */
  static final String SHORT =
      "kill:order+reset:aggregate,pause:payment+kill:search,swallow:item+kill:member,"
          + "kill:kafka,pause:mariadb+kill:redis,reset:mongodb+pause:aggregate,"
          + "pause:order+delay:search,kill:payment+kill:item,pause:gateway+swallow:member";

  /** On the command line, {@link #each}. */
  private static final String EACH = "each";

  private Faults() {}

  /** Seeded, without an end: the same seed gives the same rounds. */
  static Iterator<List<Fault>> seeded(long seed, boolean withCuts) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> round(random, withCuts)).iterator();
  }

  private static List<Fault> round(SplittableRandom random, boolean withCuts) {
    Fault first = fault(random, withCuts);
    if (random.nextInt(10) < 7) {
      return List.of(first);
    }
    Fault second = fault(random, withCuts);
    while (second.part().equals(first.part())) {
      second = fault(random, withCuts);
    }
    return List.of(first, second);
  }

  private static Fault fault(SplittableRandom random, boolean withCuts) {
    List<Kind> kinds =
        Arrays.stream(Kind.values()).filter(kind -> withCuts || !kind.cuts()).toList();
    Kind kind = kinds.get(random.nextInt(kinds.size()));
    Duration lasts = kind.usual().plusMillis(random.nextInt(-1_000, 3_000));
    return new Fault(kind, TURNS.get(random.nextInt(TURNS.size())), lasts);
  }

  /** Every kind alone on every part: some twenty minutes. */
  private static List<List<Fault>> each() {
    return PARTS.stream()
        .flatMap(part -> Arrays.stream(Kind.values()).map(kind -> List.of(Fault.of(kind, part))))
        .toList();
  }

  /**
   * As written on the command line: rounds by commas, the faults of a round by plus signs; {@code
   * each} is every kind alone on every part.
   *
   * @throws Refusal when they are not written so
   */
  static List<List<Fault>> parse(String text) {
    if (text.equals(EACH)) {
      return each();
    }
    List<List<Fault>> rounds = new ArrayList<>();
    for (String round : text.split(",", -1)) {
      List<Fault> faults = Arrays.stream(round.split("\\+", -1)).map(Fault::parse).toList();
      if (faults.stream().map(Fault::part).distinct().count() < faults.size()) {
        throw new Refusal("One part has two faults at once: " + round);
      }
      rounds.add(faults);
    }
    return List.copyOf(rounds);
  }
}
