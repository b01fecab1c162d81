package jangteo.member.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.IdempotencyKey;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.Validation;
import jangteo.member.auth.Blocking;
import jangteo.member.auth.KeyRing;
import jangteo.member.auth.LoggingIn;
import jangteo.member.auth.TokenPair;
import jangteo.member.domain.Email;
import jangteo.member.domain.Password;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Login, refresh, logout, and the keys that check tokens. */
public final class AuthApi implements HttpService {

  private final LoggingIn loggingIn;
  private final Blocking blocking;
  private final KeyRing keys;

  /** Wires it. */
  public AuthApi(LoggingIn loggingIn, Blocking blocking, KeyRing keys) {
    this.loggingIn = loggingIn;
    this.blocking = blocking;
    this.keys = keys;
  }

  record Login(@Nullable String email, @Nullable String password) {}

  record Refresh(@Nullable String refreshToken) {}

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/api/v1/auth/login", AuthApi::withoutIdempotencyKey, this::login)
        .post("/api/v1/auth/refresh", AuthApi::withoutIdempotencyKey, this::refresh)
        .post("/api/v1/auth/logout", AuthApi::withoutIdempotencyKey, Access.member(), this::logout)
        .get("/.well-known/jwks.json", this::jwks);
  }

  private void login(ServerRequest request, ServerResponse response) {
    Login body = Body.read(request, Login.class);
    Validation validation = new Validation();
    Optional<Email> email = Credentials.email(validation, body.email());
    Password password = Credentials.typed(validation, body.password());
    validation.done();
    send(response, loggingIn.login(email.orElseThrow(), password, address(request)));
  }

  private void refresh(ServerRequest request, ServerResponse response) {
    Refresh body = Body.read(request, Refresh.class);
    Validation validation = new Validation();
    String refreshToken = validation.text("refreshToken", body.refreshToken(), 1, 1000);
    validation.done();
    send(response, loggingIn.refresh(refreshToken));
  }

  private void logout(ServerRequest request, ServerResponse response) {
    Caller caller = Access.caller(request);
    blocking.logout(UUID.fromString(caller.tokenId()), caller.expiresAt());
    response.status(Status.NO_CONTENT_204).send();
  }

  /** Cached for a minute by whoever likes; services ask again when a token names an unknown key. */
  private void jwks(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CACHE_CONTROL, "public, max-age=60").send(keys.published());
  }

  private static void send(ServerResponse response, TokenPair pair) {
    response.header(HeaderNames.CACHE_CONTROL, "no-store").send(pair);
  }

  /** A stored answer would be a stored token. */
  private static void withoutIdempotencyKey(ServerRequest request, ServerResponse response) {
    if (IdempotencyKey.of(request).isPresent()) {
      throw Problem.badRequest("Idempotency-Key is not served for logins.").exception();
    }
    response.next();
  }

  /** The client's address: what the gateway, the last hop, has seen; without one, the peer. */
  private static String address(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.X_FORWARDED_FOR)
        .map(hops -> hops.substring(hops.lastIndexOf(',') + 1).strip())
        .filter(last -> !last.isEmpty() && last.length() <= 64)
        .orElseGet(() -> request.remotePeer().host());
  }
}
