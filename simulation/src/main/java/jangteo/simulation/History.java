package jangteo.simulation;

import jangteo.order.domain.Order;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

/**
 * What became of one seed.
 *
 * @param seed which
 * @param fingerprint the same for two histories only when the same happened in the same order
 * @param broken the promise that did not hold
 * @param endings how each order ended, as status and reason
 * @param faults how many crashes and standstills there were
 * @param lines the whole history, when it was traced
 */
record History(
    long seed,
    long fingerprint,
    Optional<String> broken,
    List<String> endings,
    int faults,
    List<String> lines) {

  /** Plays a seed. */
  static History of(long seed, boolean traced, Rules rules) {
    World world = new World(seed, traced, rules);
    Optional<String> broken = Optional.empty();
    try {
      world.run();
    } catch (InvariantBroken e) {
      broken = Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) { // the domain refuses what cannot be
      broken = Optional.of(text(e));
    }
    return new History(
        seed,
        world.trace().fingerprint(),
        broken,
        world.watch().orders().values().stream().map(History::ending).toList(),
        world.faults().struck(),
        world.trace().lines());
  }

  private static String ending(Order order) {
    return (order.status() + " " + order.reason()).strip();
  }

  private static String text(RuntimeException e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
