package jangteo.local.chaos;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a client did, as it saw it (in the sense of Jepsen's histories).
 *
 * @param who the client
 * @param key the idempotency key of what was asked, or the order's id where there is none
 * @param begin before the request left
 * @param end when the answer was there, or was given up
 * @param status the HTTP status; 0 when there was no answer
 * @param order the order in the answer, if there was one
 */
record Operation(
    Kind kind,
    String who,
    String key,
    Instant begin,
    Instant end,
    Outcome outcome,
    int status,
    @Nullable Sight order) {

  /** What clients do. */
  enum Kind {
    /** POST an order. */
    PLACE,
    /** GET an order. */
    READ,
    /** One event of an order's stream; it begins with the stream. */
    FOLLOW,
    /** POST a cancellation. */
    CANCEL,
    /** POST a deposit. */
    DEPOSIT
  }

  /** What is known about an operation by its end. */
  enum Outcome {
    /** It was done. */
    OK,
    /** It was refused: it was not done and will not be. */
    FAILED,
    /** Nobody knows: it may have been done, or be done later. */
    UNKNOWN;

    /** What an HTTP status says; 0 is no answer. A server's error says nothing. */
    static Outcome of(int status) {
      if (status >= 200 && status < 300) {
        return OK;
      }
      return status >= 400 && status < 500 ? FAILED : UNKNOWN;
    }
  }
}
