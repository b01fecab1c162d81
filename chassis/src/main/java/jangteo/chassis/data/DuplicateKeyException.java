package jangteo.chassis.data;

/** A unique key refused a row (error 1062). The transaction it happened in can go on. */
public final class DuplicateKeyException extends RuntimeException {

  private final String key;

  DuplicateKeyException(String key, Throwable cause) {
    super("duplicate entry for key " + key, cause);
    this.key = key;
  }

  /** The name of the key, without its table: {@code PRIMARY}, or as the migration names it. */
  public String key() {
    return key;
  }
}
