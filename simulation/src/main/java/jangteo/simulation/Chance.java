package jangteo.simulation;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The one source of chance in a history: the same seed draws the same history. */
final class Chance {
  private static final RandomGeneratorFactory<RandomGenerator> ALGORITHM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private final RandomGenerator random;

  Chance(long seed) {
    random = ALGORITHM.create(seed);
  }

  /** True once in {@code n} times; never for 0. */
  boolean oneIn(int n) {
    return n > 0 && random.nextInt(n) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code least} to {@code most}, both included. */
  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
