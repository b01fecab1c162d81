package jangteo.chassis.web;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;

/** Who may make a call: guards to put before its handler, and the caller for the handler. */
public final class Access {

  private Access() {}

  /** Lets members through; 401 for anybody else. */
  public static Handler member() {
    return (request, response) -> {
      caller(request);
      response.next();
    };
  }

  /** Lets members with one of the roles through; 401 without a token, 403 without the role. */
  public static Handler role(String... anyOf) {
    List<String> roles = List.of(anyOf);
    return (request, response) -> {
      Caller caller = caller(request);
      if (roles.stream().noneMatch(caller::is)) {
        throw Problem.forbidden("This call needs the role " + String.join(" or ", roles) + ".")
            .exception();
      }
      response.next();
    };
  }

  /**
   * Who makes the request.
   *
   * @throws ProblemException 401 when nobody is known to
   */
  public static Caller caller(ServerRequest request) {
    return callerIfAny(request)
        .orElseThrow(
            () -> Problem.unauthorized("Send an access token as a bearer token.").exception());
  }

  /** Who makes the request; empty for a request without a token. */
  public static Optional<Caller> callerIfAny(ServerRequest request) {
    return request.context().get(Caller.class);
  }
}
