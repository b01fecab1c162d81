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
import java.util.List;
import java.util.TreeSet;

/**
 * A service's routes, remembered as they are registered: their patterns name spans and metrics, and
 * a known path with another method is a 405, not a 404.
 */
final class Routes implements HttpRules {

  /** The pattern that a request matched, in the request's context. */
  record Matched(String pattern) {}

  private record Known(Method method, PathMatcher path) {}

  private final HttpRouting.Builder routing;
  private final String prefix;
  private final List<Known> known;

  Routes(HttpRouting.Builder routing) {
    this(routing, "", new ArrayList<>());
  }

  private Routes(HttpRouting.Builder routing, String prefix, List<Known> known) {
    this.routing = routing;
    this.prefix = prefix;
    this.known = known;
  }

  /** The last route of all: whatever matched no other. */
  void unmatched(ServerRequest request, ServerResponse response) {
    TreeSet<String> allowed = new TreeSet<>();
    for (Known route : known) {
      if (route.path().match(request.prologue().uriPath()).accepted()) {
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
    new Routes(routing, prefix + pathPattern, known).register(services);
    return this;
  }

  @Override
  public HttpRules route(Method method, String pathPattern, Handler handler) {
    String pattern = prefix + pathPattern;
    PathMatcher path = PathMatchers.create(pattern);
    known.add(new Known(method, path));
    Matched matched = new Matched(pattern);
    routing.route(
        method,
        path,
        (request, response) -> {
          request.context().register(matched);
          handler.handle(request, response);
        });
    return this;
  }

  @Override
  public HttpRules route(HttpRoute route) {
    routing.route(route);
    return this;
  }
}
