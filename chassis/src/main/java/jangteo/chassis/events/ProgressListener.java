package jangteo.chassis.events;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Is told how far a subscription has come, on the subscription's own thread: it must be quick. */
@FunctionalInterface
public interface ProgressListener {

  /** Nobody wants to know. */
  ProgressListener NOBODY = positions -> {};

  /**
   * All records before these places are handled.
   *
   * @param positions of every partition that this instance has now, by the names that the cluster
   *     knows; the end of a partition when it has been read up to there
   */
  void reached(Map<TopicPartition, Long> positions);
}
