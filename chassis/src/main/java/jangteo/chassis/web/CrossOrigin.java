package jangteo.chassis.web;

import io.helidon.config.Config;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets the web pages of named origins call the service from a browser (CORS, as the Fetch standard
 * has it; OWASP ASVS 5.0, 3.4.2). To a page of any other origin no answer says anything, and its
 * browser shows it none. Cookies and the like are never let in: a caller's token stands in a header
 * that the page sets itself.
 */
final class CrossOrigin implements Filter {

  /** As browsers write it: in lower case, without a path, without the port that is meant anyway. */
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?!http://.*:80$)(?!https://.*:443$)"
              + "[a-z][a-z0-9+.-]*://([a-z0-9_.-]+|\\[[0-9a-f:]+])(:[0-9]{1,5})?");

  private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Origin");

  private static final Header EXPOSED =
      HeaderValues.createCached(
          HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
          "As-Of, Content-Disposition, ETag, Location, Preference-Applied, Retry-After,"
              + " WWW-Authenticate, X-Request-Id");

  private static final List<Header> OF_A_PREFLIGHT =
      List.of(
          HeaderValues.createCached(
              HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, PATCH, DELETE"),
          HeaderValues.createCached(
              HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
              "Authorization, Content-Type, Idempotency-Key, If-Match, If-Version-At-Least,"
                  + " Last-Event-ID, Prefer, Traceparent"),
          HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_MAX_AGE, "3600"));

  private final Set<String> origins;

  private CrossOrigin(Set<String> origins) {
    this.origins = origins;
  }

  /**
   * Of the origins that {@code allow-origins} names, separated by commas; empty when it names none.
   *
   * @param config the node {@code cors}
   * @throws IllegalArgumentException for what is no origin, {@code *} among it
   */
  static Optional<CrossOrigin> of(Config config) {
    String named = config.get("allow-origins").asString().orElse("");
    Set<String> origins =
        Stream.of(named.split(",", -1))
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .map(CrossOrigin::origin)
            .collect(Collectors.toUnmodifiableSet());
    return origins.isEmpty() ? Optional.empty() : Optional.of(new CrossOrigin(origins));
  }

  private static String origin(String named) {
    if (!ORIGIN.matcher(named).matches()) {
      throw new IllegalArgumentException(
          "cors.allow-origins: \"%s\" is no origin as browsers write it, such as https://shop.example"
              .formatted(named));
    }
    return named;
  }

  /** Answers a preflight before anybody asks for a token, which no preflight has. */
  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    set(request.headers(), response.headers());
    if (isPreflight(request) && isLetIn(request.headers())) {
      OF_A_PREFLIGHT.forEach(response::header);
      response.status(Status.NO_CONTENT_204).send();
      return;
    }
    request.context().register(this);
    chain.proceed();
  }

  /**
   * Says to the browser whether the page may read the answer; also in one that starts anew, without
   * the headers of the one that failed.
   */
  void set(ServerRequestHeaders request, ServerResponseHeaders response) {
    response.set(VARY);
    if (isLetIn(request)) {
      response.set(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, request.get(HeaderNames.ORIGIN).get());
      response.set(EXPOSED);
    }
  }

  private boolean isLetIn(ServerRequestHeaders request) {
    return request.first(HeaderNames.ORIGIN).filter(origins::contains).isPresent();
  }

  private static boolean isPreflight(RoutingRequest request) {
    return request.prologue().method().equals(Method.OPTIONS)
        && request.headers().contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
  }
}
