package jangteo.payment.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;

/** The header of requests that move money: the same key is the same movement, for ever. */
final class IdempotencyKey {

  private static final HeaderName HEADER = HeaderNames.create("Idempotency-Key");

  private IdempotencyKey() {}

  /** The key; 400 without one. */
  static String of(ServerRequest request) {
    return request
        .headers()
        .first(HEADER)
        .filter(
            text ->
                !text.isEmpty()
                    && text.length() <= 255
                    && text.chars().allMatch(c -> c > 0x20 && c < 0x7f))
        .orElseThrow(
            () ->
                Problem.badRequest(
                        "The header Idempotency-Key is required: 1 to 255 visible ASCII"
                            + " characters.")
                    .exception());
  }

  /** 422: the key was used for something else. */
  static ProblemException reused() {
    return Problem.of(
            422,
            "idempotency-key-reused",
            "The idempotency key was used before",
            "This Idempotency-Key was used with another body.")
        .exception();
  }
}
