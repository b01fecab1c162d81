package jangteo.chassis.security;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import jangteo.chassis.web.Problem;
import java.util.Optional;

/**
 * Makes the bearer token of a request its caller. A request without one goes on as anybody's; one
 * with a token that does not work ends here, also where no token is needed, as at the gateway.
 */
public final class TokenFilter implements Filter {

  private static final String SCHEME = "Bearer ";

  private final TokenCheck check;

  /** Checks with the given check. */
  public TokenFilter(TokenCheck check) {
    this.check = check;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    Optional<String> header = request.headers().first(HeaderNames.AUTHORIZATION);
    header.ifPresent(value -> request.context().register(check.check(token(value))));
    chain.proceed();
  }

  private static String token(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Problem.unauthorized("Send the token as: Authorization: Bearer <token>.").exception();
    }
    return header.substring(SCHEME.length()).strip();
  }
}
