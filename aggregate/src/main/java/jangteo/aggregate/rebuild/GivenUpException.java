package jangteo.aggregate.rebuild;

/** The rebuild is no longer this instance's to do. */
final class GivenUpException extends RuntimeException {

  private static final long serialVersionUID = 1;

  GivenUpException() {
    super("The rebuild was given up.");
  }
}
