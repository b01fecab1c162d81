package jangteo.member.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Access;
import jangteo.chassis.web.Body;
import jangteo.chassis.web.Page;
import jangteo.chassis.web.PathParameters;
import jangteo.chassis.web.Validation;
import jangteo.member.auth.EndingSessions;
import jangteo.member.auth.KeyRing;
import jangteo.member.auth.LoggingIn;
import jangteo.member.auth.Refreshing;
import jangteo.member.auth.TokenPair;
import jangteo.member.domain.Email;
import jangteo.member.domain.Password;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Login, refresh, logout, one's sessions, and the keys that check tokens. */
public final class AuthApi implements HttpService {

  private static final String SESSIONS = "/api/v1/auth/sessions";

  private final LoggingIn loggingIn;
  private final Refreshing refreshing;
  private final EndingSessions endingSessions;
  private final KeyRing keys;

  /** Wires it. */
  public AuthApi(
      LoggingIn loggingIn, Refreshing refreshing, EndingSessions endingSessions, KeyRing keys) {
    this.loggingIn = loggingIn;
    this.refreshing = refreshing;
    this.endingSessions = endingSessions;
    this.keys = keys;
  }

  record Login(@Nullable String email, @Nullable String password, @Nullable String code) {}

  record Refresh(@Nullable String refreshToken) {}

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/api/v1/auth/login", AuthCalls::withoutIdempotencyKey, this::login)
        .post("/api/v1/auth/refresh", AuthCalls::withoutIdempotencyKey, this::refresh)
        .post(
            "/api/v1/auth/logout", AuthCalls::withoutIdempotencyKey, Access.member(), this::logout)
        .post(
            "/api/v1/auth/logout-all",
            AuthCalls::withoutIdempotencyKey,
            Access.member(),
            this::logoutEverywhere)
        .get(SESSIONS, Access.member(), this::sessions)
        .delete(
            SESSIONS + "/{sessionId}",
            AuthCalls::withoutIdempotencyKey,
            Access.member(),
            this::endSession)
        .get("/.well-known/jwks.json", this::jwks);
  }

  private void login(ServerRequest request, ServerResponse response) {
    Login body = Body.read(request, Login.class);
    Validation validation = new Validation();
    Optional<Email> email = Credentials.email(validation, body.email());
    Password password = Credentials.typed(validation, "password", body.password());
    validation.done();
    send(
        response,
        loggingIn.login(
            email.orElseThrow(),
            password,
            Optional.ofNullable(body.code()),
            AuthCalls.address(request)));
  }

  private void refresh(ServerRequest request, ServerResponse response) {
    Refresh body = Body.read(request, Refresh.class);
    Validation validation = new Validation();
    String refreshToken = validation.text("refreshToken", body.refreshToken(), 1, 1000);
    validation.done();
    send(response, refreshing.refresh(refreshToken));
  }

  private void logout(ServerRequest request, ServerResponse response) {
    endingSessions.logout(Access.caller(request));
    response.status(Status.NO_CONTENT_204).send();
  }

  private void logoutEverywhere(ServerRequest request, ServerResponse response) {
    endingSessions.logoutEverywhere(Access.caller(request));
    response.status(Status.NO_CONTENT_204).send();
  }

  private void sessions(ServerRequest request, ServerResponse response) {
    List<SessionView> items =
        endingSessions.open(Access.caller(request)).stream().map(SessionView::of).toList();
    response.send(Page.answer(items, Optional.empty()));
  }

  private void endSession(ServerRequest request, ServerResponse response) {
    endingSessions.end(Access.caller(request), PathParameters.uuid(request, "sessionId"));
    response.status(Status.NO_CONTENT_204).send();
  }

  /** Cached for a minute by whoever likes; services ask again when a token names an unknown key. */
  private void jwks(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CACHE_CONTROL, "public, max-age=60").send(keys.published());
  }

  private static void send(ServerResponse response, TokenPair pair) {
    response.header(HeaderNames.CACHE_CONTROL, "no-store").send(pair);
  }
}
