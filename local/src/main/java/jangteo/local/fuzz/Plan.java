package jangteo.local.fuzz;

import java.util.List;
import java.util.stream.Stream;

/**
 * How long, and with what.
 *
 * @param requests how many at least
 * @param seed of all that is random
 * @param brief some minutes: the edges of the parameters for members alone, few random values
 */
public record Plan(int requests, long seed, boolean brief) {
  private static final List<Role> ROLES = List.of(Role.values());
  private static final String EXAMPLES = "examples";
  private static final String EDGES = "coverage";
  private static final String RANDOM = "fuzzing";
  private static final String SEQUENCES = "stateful";
  private static final int FEW = 3;
  private static final int SOME = 30;
  private static final int MANY = 60;

  /** The rounds in their order; without an end unless it is a brief one. */
  Stream<Round> rounds() {
    return brief
        ? Stream.of(
            new Round(1, Role.NOBODY, List.of(EXAMPLES, RANDOM), FEW, seed),
            new Round(2, Role.SELLER, List.of(EXAMPLES, EDGES, RANDOM), FEW, seed),
            new Round(3, Role.ADMIN, List.of(EXAMPLES, RANDOM), FEW, seed))
        : Stream.iterate(0, before -> before + 1).map(this::round);
  }

  /** Examples and edges are the same with each seed, so they are asked for once by everybody. */
  private Round round(int before) {
    Role role = ROLES.get(before % ROLES.size());
    return before < ROLES.size()
        ? new Round(before + 1, role, List.of(EXAMPLES, EDGES, RANDOM, SEQUENCES), SOME, seed)
        : new Round(
            before + 1, role, List.of(RANDOM, SEQUENCES), MANY, seed + before / ROLES.size());
  }

  /** Whether so many requests are enough, after so many rounds. */
  boolean isDone(int rounds, long asked) {
    return rounds >= ROLES.size() && (brief || asked >= requests);
  }
}
