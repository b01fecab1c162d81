package jangteo.chassis.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** The header {@code Idempotency-Key}: what may stand in it, and what is said when it is wrong. */
public final class IdempotencyKey {

  private static final String NAME = "Idempotency-Key";
  private static final HeaderName HEADER = HeaderNames.create(NAME);
  private static final int LONGEST = 255;

  private IdempotencyKey() {}

  /**
   * The key; empty without the header.
   *
   * @throws ProblemException 400 for what is no key
   */
  public static Optional<String> of(ServerRequest request) {
    Optional<String> key = request.headers().first(HEADER);
    if (key.isPresent() && !valid(key.get())) {
      throw Problem.badRequest(NAME, "takes 1 to 255 visible ASCII characters").exception();
    }
    return key;
  }

  /**
   * The key of a call that needs one.
   *
   * @throws ProblemException 400 without the header, and for what is no key
   */
  public static String required(ServerRequest request) {
    return of(request).orElseThrow(() -> Problem.badRequest(NAME, "is required").exception());
  }

  /** The 422 for a key that was used with another body. */
  public static ProblemException reused() {
    return Problem.of(
            422,
            "idempotency-key-reused",
            "The idempotency key was used before",
            "This Idempotency-Key was used with another body.")
        .exception();
  }

  private static boolean valid(String key) {
    return !key.isEmpty()
        && key.length() <= LONGEST
        && key.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }
}
