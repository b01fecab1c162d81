package jangteo.chassis.events;

/** A record that can never be handled, however often it is tried: it goes to the dead letters. */
public final class UnprocessableException extends RuntimeException {

  /**
   * @param why shown to the operator who looks at the dead letter; no personal data
   */
  public UnprocessableException(String why) {
    super(why);
  }

  /** The same with what made it so. */
  public UnprocessableException(String why, Throwable cause) {
    super(why, cause);
  }
}
