package jangteo.chassis.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.data.Outages;
import jangteo.chassis.telemetry.Traces;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ends a request into problem details, so that a client meets no other error. */
final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** The body (RFC 9457, section 3; {@code traceId} and {@code errors} are our extensions). */
  private record Details(
      String type,
      String title,
      int status,
      String detail,
      String instance,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String traceId,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {}

  /** Answers the request with what the exception means. */
  static void answer(ServerRequest request, ServerResponse response, Throwable thrown) {
    if (hasLeft(response, thrown)) {
      LOG.debug("The client left {} before its end", request.path().path(), thrown);
      return;
    }
    Problem problem = of(thrown);
    if (problem.status() >= 500 && problem.status() != 501) {
      LOG.atLevel(
              problem.status() == 500 ? org.slf4j.event.Level.ERROR : org.slf4j.event.Level.WARN)
          .setCause(problem.status() == 500 ? thrown : null)
          .log("{} {}: {}", request.prologue().method(), request.path().path(), problem.detail());
    }
    if (response.isSent()) {
      return;
    }
    response.status(Status.create(problem.status()));
    SafeHeaders.set(request, response);
    request
        .context()
        .get(CrossOrigin.class)
        .ifPresent(cors -> cors.set(request.headers(), response.headers()));
    response.header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    problem.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    if (problem.status() == 413 || isLongAndUnread(request)) {
      // What is left of the body is not waited for.
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    response.send(bytes(problem, request.path().path()));
  }

  private static boolean isLongAndUnread(ServerRequest request) {
    return request.headers().contentLength().orElse(0) > Body.LONGEST
        && !request.content().consumed();
  }

  /** The answer has begun and cannot be finished. */
  static void brokeOff(ServerRequest request, CloseConnectionException thrown) {
    boolean byClient =
        thrown.getCause() == null
            || thrown.getCause() instanceof ServerConnectionException
            || thrown.getCause() instanceof UncheckedIOException;
    LOG.atLevel(byClient ? org.slf4j.event.Level.DEBUG : org.slf4j.event.Level.WARN)
        .setCause(thrown.getCause())
        .log("{} {} broke off", request.prologue().method(), request.path().path());
  }

  /** Whether there is nobody to answer: the connection is gone, as most event streams end. */
  private static boolean hasLeft(ServerResponse response, Throwable thrown) {
    return thrown instanceof ServerConnectionException
        || thrown instanceof CloseConnectionException
        || (thrown instanceof UncheckedIOException && response.isSent());
  }

  /** For requests that fail before any route sees them: unreadable, too large. */
  static DirectHandlers beforeRouting(Optional<CrossOrigin> crossOrigin) {
    DirectHandler handler =
        (request, type, status, headers, message) -> {
          crossOrigin.ifPresent(cors -> cors.set(request.headers(), headers));
          return direct(request, type, status, headers, message);
        };
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse direct(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    Problem problem = of(status, type == DirectHandler.EventType.INTERNAL_ERROR ? "" : message);
    SafeHeaders.set(headers);
    headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    return DirectHandler.TransportResponse.builder()
        .status(Status.create(problem.status()))
        .headers(headers)
        .keepAlive(type.keepAlive())
        .entity(bytes(problem, request.path()))
        .build();
  }

  private static Problem of(Throwable thrown) {
    return switch (thrown) {
      case ProblemException known -> known.problem();
      case RequestException unreadable -> of(unreadable.status(), shown(unreadable));
      case HttpException http -> of(http.status(), "");
      default ->
          thrown.getCause() instanceof ProblemException known
              ? known.problem()
              : Outages.passing(thrown) ? Outages.problem(thrown) : unexpected();
    };
  }

  private static String shown(RequestException e) {
    String message = e.getMessage();
    return e.safeMessage() && message != null ? message : "";
  }

  private static Problem of(Status status, String message) {
    return switch (status.code()) {
      case 404 -> Problem.notFound("There is no such path.");
      case 413 -> Problem.tooLarge();
      case 500 -> unexpected();
      default ->
          status.code() < 500
              ? Problem.of(
                  status.code(),
                  "bad-request",
                  "The request cannot be read",
                  message.isEmpty() ? status.reasonPhrase() : message)
              : Problem.of(status.code(), "failed", status.reasonPhrase(), status.reasonPhrase());
    };
  }

  private static Problem unexpected() {
    return Problem.of(
        500,
        "unexpected",
        "Something went wrong on our side",
        "Nothing is known to be wrong with the request; the trace id finds the cause in our logs.");
  }

  private static byte[] bytes(Problem problem, String path) {
    Details details =
        new Details(
            problem.type(),
            problem.title(),
            problem.status(),
            problem.detail(),
            path,
            Traces.traceId(),
            problem.errors());
    try {
      return Json.mapper().writeValueAsBytes(details);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is always writable", e);
    }
  }
}
