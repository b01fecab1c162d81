package jangteo.chassis.web;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/**
 * Headers by which no browser takes an answer for more than it is, and nobody on the way keeps what
 * is meant for one member (OWASP ASVS 5.0, 3.4 and 14.2). A handler may set others instead.
 */
final class SafeHeaders implements Filter {

  private static final List<Header> ALWAYS =
      List.of(
          HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
          HeaderValues.createCached(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          HeaderValues.createCached("Referrer-Policy", "no-referrer"));

  private static final Header NOT_KEPT =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    set(request, response);
    chain.proceed();
  }

  /** Also for an answer that starts anew, without the headers of the one that failed. */
  static void set(ServerRequest request, ServerResponse response) {
    ALWAYS.forEach(response::header);
    if (request.headers().contains(HeaderNames.AUTHORIZATION)) {
      response.header(NOT_KEPT);
    }
  }

  /** For an answer to what was no request. */
  static void set(ServerResponseHeaders headers) {
    ALWAYS.forEach(headers::set);
  }
}
