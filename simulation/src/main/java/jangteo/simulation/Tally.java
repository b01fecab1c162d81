package jangteo.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What many histories came to: a simulation in which nothing happens proves nothing. */
final class Tally {
  private final Map<String, Long> endings = new HashMap<>();
  private long[] fingerprints = new long[1024];
  private int histories;
  private long faults;

  void add(History history) {
    history.endings().forEach(ending -> endings.merge(ending, 1L, Long::sum));
    if (histories == fingerprints.length) {
      fingerprints = Arrays.copyOf(fingerprints, histories * 2);
    }
    fingerprints[histories++] = history.fingerprint();
    faults += history.faults();
  }

  void add(Tally other) {
    other.endings.forEach((ending, count) -> endings.merge(ending, count, Long::sum));
    long[] both = Arrays.copyOf(fingerprints, histories + other.histories);
    System.arraycopy(other.fingerprints, 0, both, histories, other.histories);
    fingerprints = both;
    histories += other.histories;
    faults += other.faults;
  }

  int histories() {
    return histories;
  }

  long faults() {
    return faults;
  }

  /** How many histories differ from all others in what happened or in its order. */
  long different() {
    return Arrays.stream(fingerprints, 0, histories).distinct().count();
  }

  /** How many orders ended how. */
  SortedMap<String, Long> endings() {
    return new TreeMap<>(endings);
  }
}
