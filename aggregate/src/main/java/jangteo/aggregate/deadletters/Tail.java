package jangteo.aggregate.deadletters;

import jangteo.aggregate.deadletters.DeadLetterReader.Listed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** The last letters of one partition, read backwards, as far as a page needs them. */
final class Tail {
  private static final Comparator<DeadLetter> BY_AGE =
      Comparator.comparing(DeadLetter::at).thenComparing(letter -> letter.place().id());

  private final TopicPartition partition;
  private final String topic;
  private final long begin;
  private final Deque<DeadLetter> newestFirst = new ArrayDeque<>();
  private long from;
  private long end;
  private long reach;

  /**
   * Nothing is read yet of what lies from {@code begin} up to {@code end}.
   *
   * @param topic without the cluster's prefix
   */
  Tail(TopicPartition partition, String topic, long begin, long end) {
    this.partition = partition;
    this.topic = topic;
    this.begin = begin;
    this.from = end;
    this.end = end;
  }

  TopicPartition partition() {
    return partition;
  }

  /** The first offset that is read. */
  long from() {
    return from;
  }

  /** Whether the page could need letters that are not read yet. */
  boolean wants(int size) {
    return newestFirst.size() < size && from > begin;
  }

  /**
   * Goes back by as much as the page holds, and then by more and more: not at every offset lies a
   * letter.
   */
  long reachBack(int size) {
    reach = Math.max(size, reach * 2);
    from = Math.max(begin, from - reach);
    return from;
  }

  /** Takes those of these letters that are this partition's, which are older than all before. */
  void add(Collection<DeadLetter> read) {
    List<DeadLetter> own =
        read.stream()
            .filter(letter -> letter.record().topic().equals(partition.topic()))
            .filter(letter -> letter.record().partition() == partition.partition())
            .toList();
    newestFirst.addAll(own.reversed());
  }

  /** The newest letters of all partitions; each partition's stay in their order. */
  static Listed newest(Collection<Tail> tails, int size) {
    List<DeadLetter> letters = new ArrayList<>();
    while (letters.size() < size) {
      Optional<Tail> next =
          tails.stream()
              .filter(tail -> !tail.newestFirst.isEmpty())
              .max(Comparator.comparing(tail -> tail.newestFirst.getFirst(), BY_AGE));
      if (next.isEmpty()) {
        break;
      }
      letters.add(next.get().take());
    }
    return new Listed(letters, tails.stream().filter(Tail::hasMore).map(Tail::end).toList());
  }

  private DeadLetter take() {
    DeadLetter letter = newestFirst.removeFirst();
    end = letter.place().offset();
    return letter;
  }

  private Place end() {
    return new Place(topic, partition.partition(), end);
  }

  private boolean hasMore() {
    return !newestFirst.isEmpty() || from > begin;
  }
}
