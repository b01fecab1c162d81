package jangteo.simulation;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A promise of the design that did not hold. */
final class InvariantBroken extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvariantBroken(String what) {
    super(what);
  }

  /** Nothing when it holds. */
  static void unless(boolean holds, String promise, Object... about) {
    if (!holds) {
      throw new InvariantBroken(
          promise
              + ": "
              + Arrays.stream(about).map(String::valueOf).collect(Collectors.joining(" / ")));
    }
  }
}
