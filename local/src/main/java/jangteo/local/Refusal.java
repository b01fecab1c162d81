package jangteo.local;

/** The launcher cannot do what was asked; the message is the one line that the user reads. */
public final class Refusal extends RuntimeException {

  /** With the line that says what is wrong and what to do. */
  public Refusal(String message) {
    super(message);
  }

  /** With the cause, for the log. */
  public Refusal(String message, Throwable cause) {
    super(message, cause);
  }
}
