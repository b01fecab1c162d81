package jangteo.chassis.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jangteo.chassis.telemetry.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The span and the duration of each request, by its route's pattern and not by its path, so that
 * names stay few (OpenTelemetry's semantic conventions for HTTP). Errors are answered inside the
 * span: a problem carries the trace id.
 */
final class RequestTelemetry implements Filter {

  private static final HeaderName TRACEPARENT = HeaderNames.create(Traces.TRACEPARENT);
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    long begun = System.nanoTime();
    String method = method(request);
    Span span =
        Traces.tracer()
            .spanBuilder(method)
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent(request))
            .setAttribute("http.request.method", method)
            .setAttribute("url.path", request.path().path())
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      proceed(chain, request, response);
    } finally {
      String route =
          request.context().get(Routes.Matched.class).map(Routes.Matched::pattern).orElse("none");
      int status = response.status().code();
      span.updateName(method + " " + route);
      span.setAttribute("http.route", route);
      span.setAttribute("http.response.status_code", status);
      if (status >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
      record(method, route, status, Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private static void proceed(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    try {
      chain.proceed();
    } catch (CloseConnectionException e) {
      // An answer that broke off must not be ended as if it were whole.
      Problems.brokeOff(request, e);
      throw e;
    } catch (RuntimeException e) {
      Problems.answer(request, response, e);
    }
  }

  /** A method that nobody defined has no name of its own: a client could make a meter with each. */
  private static String method(RoutingRequest request) {
    String method = request.prologue().method().text();
    return METHODS.contains(method) ? method : "_OTHER";
  }

  private static Context parent(RoutingRequest request) {
    return request.headers().first(TRACEPARENT).map(Traces::context).orElseGet(Context::root);
  }

  private static void record(String method, String route, int status, Duration took) {
    Metrics.globalRegistry()
        .getOrCreate(
            Timer.builder("http.server.requests")
                .description("Requests by method, route and status")
                .tags(
                    List.of(
                        Tag.create("method", method),
                        Tag.create("route", route),
                        Tag.create("status", Integer.toString(status)))))
        .record(took);
  }
}
