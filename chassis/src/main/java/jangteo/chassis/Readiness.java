package jangteo.chassis;

/**
 * Whether a part is ready.
 *
 * @param ready whether requests can be served
 * @param why what is missing or degraded, empty when nothing is; shown to operators, never to
 *     clients
 */
public record Readiness(boolean ready, String why) {

  private static final Readiness YES = new Readiness(true, "");

  /** Everything works. */
  public static Readiness yes() {
    return YES;
  }

  /** Works, but not as it should, such as an open circuit breaker with a fallback behind it. */
  public static Readiness degraded(String why) {
    return new Readiness(true, why);
  }

  /** Does not work yet, or no longer. */
  public static Readiness no(String why) {
    return new Readiness(false, why);
  }
}
