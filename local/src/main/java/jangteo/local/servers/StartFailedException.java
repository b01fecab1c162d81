package jangteo.local.servers;

/**
 * A part died, or was not ready, within its start limit; the message ends with its last log lines.
 */
public final class StartFailedException extends RuntimeException {
  StartFailedException(String message) {
    super(message);
  }
}
