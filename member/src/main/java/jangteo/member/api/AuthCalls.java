package jangteo.member.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.IdempotencyKey;
import jangteo.chassis.web.Problem;

/** What the calls around passwords and tokens have in common. */
final class AuthCalls {

  private AuthCalls() {}

  /** A stored answer would be a stored token, and a fingerprint of a body one of a password. */
  static void withoutIdempotencyKey(ServerRequest request, ServerResponse response) {
    if (IdempotencyKey.of(request).isPresent()) {
      throw Problem.badRequest("Idempotency-Key is not served for this call.").exception();
    }
    response.next();
  }

  /** The client's address: what the gateway, the last hop, has seen; without one, the peer. */
  static String address(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.X_FORWARDED_FOR)
        .map(hops -> hops.substring(hops.lastIndexOf(',') + 1).strip())
        .filter(last -> !last.isEmpty() && last.length() <= 64)
        .orElseGet(() -> request.remotePeer().host());
  }
}
