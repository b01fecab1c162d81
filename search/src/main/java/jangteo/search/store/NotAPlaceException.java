package jangteo.search.store;

/** A place to go on from that is not one of the order asked for. */
public final class NotAPlaceException extends RuntimeException {

  NotAPlaceException() {
    super("not a place of this order", null, false, false);
  }
}
