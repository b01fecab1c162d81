package jangteo.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A topic: records keep their order within a partition and stay. What is in it can be read; what a
 * producer has not got through yet, or not committed, is not in it.
 */
final class Topic<R> {

  /** A record under the key of its order. */
  record Entry<R>(UUID key, R value) {}

  private final String name;
  private final List<List<Entry<R>>> partitions = new ArrayList<>();
  private final List<Runnable> readers = new ArrayList<>();
  private final Trace trace;

  Topic(String name, int partitions, Trace trace) {
    this.name = name;
    this.trace = trace;
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new ArrayList<>());
    }
  }

  /** Calls after each record that is written. */
  void whenWritten(Runnable reader) {
    readers.add(reader);
  }

  void append(UUID key, R value) {
    partitions.get(partition(key)).add(new Entry<>(key, value));
    trace.happened(name, key, value);
    readers.forEach(Runnable::run);
  }

  int partition(UUID key) {
    return Math.floorMod(key.hashCode(), partitions.size());
  }

  int partitions() {
    return partitions.size();
  }

  /** The offset of the record that is written next. */
  int end(int partition) {
    return partitions.get(partition).size();
  }

  Entry<R> read(int partition, int offset) {
    return partitions.get(partition).get(offset);
  }
}
