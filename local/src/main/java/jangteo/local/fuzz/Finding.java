package jangteo.local.fuzz;

/**
 * Something that is not as documented.
 *
 * @param check which of Schemathesis' checks, or ours, found it
 * @param operation as {@code GET /api/v1/orders}
 * @param title the kind of it, in words
 * @param status of the answer; 0 when there was none
 * @param message what is wrong
 * @param curl the command that shows it
 */
record Finding(
    String check, String operation, String title, int status, String message, String curl) {

  /** What a reader takes for the same. */
  String kind() {
    return String.join("|", check, operation, title, Integer.toString(status));
  }
}
