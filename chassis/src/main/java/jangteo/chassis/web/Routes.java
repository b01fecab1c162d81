package jangteo.chassis.web;

import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRoute;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A service's routes, remembered as they are registered: their patterns name spans and metrics, and
 * a known path with another method is a 405, not a 404. A path that is written out is itself and
 * never the value of another path's parameter, whatever the method: {@code /items/export} names no
 * item of {@code /items/{id}}.
 */
final class Routes implements HttpRules {

  /** The pattern that a request matched, in the request's context. */
  record Matched(String pattern) {}

  private record Known(Method method, String pattern, PathMatcher path) {}

  private final HttpRouting.Builder routing;
  private final String prefix;
  private final List<Known> known;
  private final Set<String> writtenOut;

  Routes(HttpRouting.Builder routing) {
    this(routing, "", new ArrayList<>(), new HashSet<>());
  }

  private Routes(
      HttpRouting.Builder routing, String prefix, List<Known> known, Set<String> writtenOut) {
    this.routing = routing;
    this.prefix = prefix;
    this.known = known;
    this.writtenOut = writtenOut;
  }

  /** The last route of all: whatever matched no other. */
  void unmatched(ServerRequest request, ServerResponse response) {
    TreeSet<String> allowed = new TreeSet<>();
    for (Known route : known) {
      if (isOf(request, route.pattern())
          && route.path().match(request.prologue().uriPath()).accepted()) {
        allowed.add(route.method().text());
      }
    }
    if (allowed.isEmpty()) {
      throw Problem.notFound("There is no such path.").exception();
    }
    String methods = String.join(", ", allowed);
    throw Problem.of(
            405, "method-not-allowed", "Method not allowed", "This path serves " + methods + ".")
        .withHeaders(java.util.Map.of("Allow", methods))
        .exception();
  }

  @Override
  public HttpRules register(HttpService... services) {
    for (HttpService service : services) {
      service.routing(this);
    }
    return this;
  }

  @Override
  public HttpRules register(String pathPattern, HttpService... services) {
    new Routes(routing, prefix + pathPattern, known, writtenOut).register(services);
    return this;
  }

  @Override
  public HttpRules route(Method method, String pathPattern, Handler handler) {
    String pattern = prefix + pathPattern;
    PathMatcher path = PathMatchers.create(pattern);
    known.add(new Known(method, pattern, path));
    if (!hasParameter(pattern)) {
      writtenOut.add(pattern);
    }
    Matched matched = new Matched(pattern);
    routing.route(
        method,
        path,
        (request, response) -> {
          if (isOf(request, pattern)) {
            request.context().register(matched);
            handler.handle(request, response);
          } else {
            response.next();
          }
        });
    return this;
  }

  /** Whether the pattern may serve the request's path; that of another route may be that path. */
  private boolean isOf(ServerRequest request, String pattern) {
    return !hasParameter(pattern) || !writtenOut.contains(request.prologue().uriPath().path());
  }

  private static boolean hasParameter(String pattern) {
    return pattern.indexOf('{') >= 0;
  }

  @Override
  public HttpRules route(HttpRoute route) {
    routing.route(route);
    return this;
  }
}
