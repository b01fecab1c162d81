package jangteo.chassis.events;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that were polled and are not done yet, in units that are handled together, and the
 * offsets of those that are done and not committed yet. Used by the loop's thread alone.
 */
final class Pending {

  private final Deque<List<Record>> units = new ArrayDeque<>();
  private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();

  void add(List<Record> unit) {
    if (!unit.isEmpty()) {
      units.addLast(unit);
    }
  }

  boolean isEmpty() {
    return units.isEmpty();
  }

  int size() {
    return units.stream().mapToInt(List::size).sum();
  }

  List<Record> first() {
    return units.getFirst();
  }

  /** The first unit is done: its offsets can be committed. */
  void firstDone() {
    for (Record record : units.removeFirst()) {
      done.put(partition(record), new OffsetAndMetadata(record.offset() + 1));
    }
  }

  /** The first unit is tried again record by record. */
  void splitFirst() {
    for (Record record : units.removeFirst().reversed()) {
      units.addFirst(List.of(record));
    }
  }

  /** What can be committed. */
  Map<TopicPartition, OffsetAndMetadata> done() {
    return new HashMap<>(done);
  }

  void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach(done::remove);
  }

  /** Another instance has these partitions now. */
  void drop(Collection<TopicPartition> partitions) {
    List<List<Record>> kept =
        units.stream()
            .map(
                unit ->
                    unit.stream()
                        .filter(record -> !partitions.contains(partition(record)))
                        .toList())
            .filter(unit -> !unit.isEmpty())
            .toList();
    units.clear();
    units.addAll(kept);
    partitions.forEach(done::remove);
  }

  private static TopicPartition partition(Record record) {
    return new TopicPartition(record.source().topic(), record.partition());
  }
}
