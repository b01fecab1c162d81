package jangteo.order.audit.runner;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Things in the order of a key, of which only the next is looked at, so that several of them are
 * compared side by side without being loaded.
 *
 * @param <K> compared by its natural order
 */
final class Sorted<K extends Comparable<? super K>, T> {

  private final Iterator<T> rest;
  private final Function<T, K> key;
  private Optional<T> next;

  private Sorted(Iterator<T> all, Function<T, K> key) {
    this.rest = all;
    this.key = key;
    this.next = pull();
  }

  /** Of things that come in this order. */
  static <K extends Comparable<? super K>, T> Sorted<K, T> by(Function<T, K> key, Iterator<T> all) {
    return new Sorted<>(all, key);
  }

  /** The smallest key that is left. */
  Optional<K> head() {
    return next.map(key);
  }

  /** Takes what has this key, if that is next. */
  List<T> take(K wanted) {
    List<T> taken = new ArrayList<>();
    while (head().filter(wanted::equals).isPresent()) {
      next.ifPresent(taken::add);
      next = pull();
    }
    return taken;
  }

  private Optional<T> pull() {
    return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
  }

  /** A list that is read a page at a time; a page that is shorter than {@code size} is the last. */
  static <T> Iterator<T> pages(int size, Function<Optional<T>, List<T>> pageAfter) {
    return new Iterator<>() {
      private Iterator<T> page = List.<T>of().iterator();
      private Optional<T> last = Optional.empty();
      private boolean ended;

      @Override
      public boolean hasNext() {
        if (!page.hasNext() && !ended) {
          List<T> found = pageAfter.apply(last);
          ended = found.size() < size;
          page = found.iterator();
        }
        return page.hasNext();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        T one = page.next();
        last = Optional.of(one);
        return one;
      }
    };
  }
}
