package jangteo.chassis;

/**
 * Something of a service that lives as long as the service does: a connection pool, a consumer, a
 * server.
 *
 * <p>Parts start in the order of their registration and stop in reverse. Starting never waits for
 * another process: a part whose database or broker is away starts, is not ready, and recovers by
 * itself (design, section 8).
 */
public interface Part {

  /** What an operator calls it in the health report, such as "database". */
  String name();

  /** Begins its work and returns at once. */
  default void start() {}

  /** Ends its work in order: nothing that was begun is lost. */
  default void stop() {}

  /** Whether the service can do its work as far as this part goes; cheap, never blocks. */
  default Readiness readiness() {
    return Readiness.yes();
  }
}
