package jangteo.simulation;

import static jangteo.simulation.Scheduler.MILLI;
import static jangteo.simulation.Scheduler.SECOND;

import jangteo.order.saga.SagaEvent;
import java.util.List;

/** Holds deadlines back until what waited for order when it began has been read; not for ever. */
final class DeadlineGate {
  private static final long UNREAD_PATIENCE = 2 * SECOND;

  /** When it cannot be found out where the inputs end. */
  private static final long INPUT_PATIENCE = 400 * MILLI;

  private final World world;
  private final List<Topic<SagaEvent>> inputs;
  private final int[][] ends;
  private long openAt;

  DeadlineGate(World world, List<Topic<SagaEvent>> inputs) {
    this.world = world;
    this.inputs = inputs;
    this.ends = new int[inputs.size()][world.weather().partitions()];
  }

  void close(int[][] position) {
    boolean known = !world.chance().oneIn(world.weather().failures());
    openAt = world.scheduler().now() + (known ? UNREAD_PATIENCE : INPUT_PATIENCE);
    for (int topic = 0; topic < ends.length; topic++) {
      for (int p = 0; p < ends[topic].length; p++) {
        ends[topic][p] = known ? inputs.get(topic).end(p) : position[topic][p] + 1;
      }
    }
  }

  boolean isOpen(int partition, int[][] position) {
    if (world.scheduler().now() >= openAt) {
      return true;
    }
    for (int topic = 0; topic < ends.length; topic++) {
      if (position[topic][partition] < ends[topic][partition]) {
        return false;
      }
    }
    return true;
  }
}
