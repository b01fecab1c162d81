package jangteo.simulation;

import jangteo.order.saga.SagaEvent;
import java.util.Arrays;
import java.util.List;

/**
 * Lets a deadline be acted on only when all that lay in the inputs as it passed has been read. Asks
 * for the ends of the inputs once a deadline has passed, has the answer at the next look, and waits
 * as long as the reading makes progress; not for ever.
 */
final class DeadlineGate {

  /** So many looks in a row that find nothing read are enough. */
  private static final int IDLE_LOOKS = 20;

  private final World world;
  private final List<Topic<SagaEvent>> inputs;
  private final Question[] questions;
  private final long[] heard;

  /** What was asked of one partition, and how it went since. */
  private static final class Question {
    private final long at;
    private final int[] ends;
    private int unread = Integer.MAX_VALUE;
    private int idle;

    Question(long at, int[] ends) {
      this.at = at;
      this.ends = ends;
    }
  }

  DeadlineGate(World world, List<Topic<SagaEvent>> inputs) {
    this.world = world;
    this.inputs = inputs;
    this.questions = new Question[world.weather().partitions()];
    this.heard = new long[world.weather().partitions()];
    close();
  }

  /** Nothing is known of what was read: an instance begins. */
  void close() {
    Arrays.fill(questions, null);
    Arrays.fill(heard, Long.MIN_VALUE);
  }

  /** Whether the partition has heard all that lay there at {@code time}. */
  boolean hasHeard(int partition, long time) {
    return heard[partition] > time;
  }

  /** Whether the last look had no answer from the broker, or found something still to be read. */
  boolean isBehind(int partition) {
    Question question = questions[partition];
    return question == null || question.unread != Integer.MAX_VALUE;
  }

  /**
   * Asks, or looks how far the reading has come since.
   *
   * @param position how far each input has been read, by partition
   */
  void look(int partition, int[][] position) {
    Question asked = questions[partition];
    if (asked == null) {
      boolean fails = world.chance().oneIn(world.weather().failures());
      questions[partition] = fails ? null : ask(partition);
      return;
    }
    int unread = 0;
    for (int topic = 0; topic < asked.ends.length; topic++) {
      unread += Math.max(0, asked.ends[topic] - position[topic][partition]);
    }
    asked.idle = unread < asked.unread ? 0 : asked.idle + 1;
    asked.unread = unread;
    if (unread == 0 || asked.idle >= IDLE_LOOKS) {
      heard[partition] = asked.at;
      questions[partition] = null;
    }
  }

  private Question ask(int partition) {
    return new Question(
        world.scheduler().now(), inputs.stream().mapToInt(topic -> topic.end(partition)).toArray());
  }
}
