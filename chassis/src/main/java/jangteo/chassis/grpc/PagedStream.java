package jangteo.chassis.grpc;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Function;

/**
 * Answers a call for a long page with a stream of messages, each from one read of the store, so
 * that neither a statement nor a message grows with the page.
 *
 * @param most the longest page; also that of a client that asks for none
 * @param atOnce how many things are read at once and make one message
 */
public record PagedStream(int most, int atOnce) {

  /** Reads on in the order of the keys. */
  @FunctionalInterface
  public interface Reading<K, T> {
    /** The first things behind that key, at most so many. */
    List<T> behind(K key, int size);
  }

  /**
   * Sends the page, and leaves it to the caller to complete the call.
   *
   * @param asked the client's page size; 0 for as many as it may have
   * @param after the key behind which the page begins
   */
  public <K, T, A> void send(
      int asked,
      K after,
      Reading<K, T> reading,
      Function<T, K> key,
      Function<List<T>, A> message,
      StreamObserver<A> answers) {
    int left = asked <= 0 ? most : Math.min(asked, most);
    K behind = after;
    while (left > 0) {
      int wanted = Math.min(left, atOnce);
      List<T> found = reading.behind(behind, wanted);
      answers.onNext(message.apply(found));
      if (found.size() < wanted) {
        return;
      }
      behind = key.apply(found.getLast());
      left -= found.size();
    }
  }
}
