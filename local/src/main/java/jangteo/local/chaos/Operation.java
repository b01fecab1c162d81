package jangteo.local.chaos;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a client did, as it saw it (in the sense of Jepsen's histories).
 *
 * @param who the client
 * @param key the idempotency key of what was asked, or the id of what was asked for
 * @param begin before the request left
 * @param end when the answer was there, or was given up
 * @param status the HTTP status; 0 when there was no answer
 * @param problem what was wrong by the problem's type, or why there was no answer; empty when fine
 * @param saysWhen whether the answer said when to try again
 * @param order the order in the answer, if there was one
 */
record Operation(
    Kind kind,
    String who,
    String key,
    Instant begin,
    Instant end,
    int status,
    String problem,
    boolean saysWhen,
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
    /** A seller POSTs that the own lines of an order are on their way. */
    SHIP,
    /** A seller POSTs that they have arrived. */
    DELIVER,
    /** The buyer POSTs a return. */
    RETURN,
    /** POST a deposit. */
    DEPOSIT,
    /** A seller POSTs a change of the stock. */
    COUNT,
    /** A seller PUTs another price. */
    PRICE,
    /** GET a product, or search for it. */
    BROWSE
  }

  /** What is known about an operation by its end. */
  enum Outcome {
    /** It was done. */
    OK,
    /** It was refused: it was not done and will not be. */
    FAILED,
    /** Nobody knows: it may have been done, or be done later. */
    UNKNOWN
  }

  /** What the HTTP status says; 0 is no answer. A server's error says nothing. */
  Outcome outcome() {
    if (status >= 200 && status < 300) {
      return Outcome.OK;
    }
    return status >= 400 && status < 500 ? Outcome.FAILED : Outcome.UNKNOWN;
  }
}
