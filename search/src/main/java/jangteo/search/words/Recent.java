package jangteo.search.words;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was used of late; the longest unused goes first. Safe for many threads. */
public final class Recent<K, V> {

  private final Map<K, V> values;

  /** As many as so. */
  public Recent(int most) {
    this.values =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /** What is kept for this key. */
  public synchronized Optional<V> find(K key) {
    return Optional.ofNullable(values.get(key));
  }

  /** Keeps it, in place of what was there. */
  public synchronized void put(K key, V value) {
    values.put(key, value);
  }

  /** Keeps it no longer. */
  public synchronized void forget(K key) {
    values.remove(key);
  }
}
