package jangteo.chassis.grpc;

import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import jangteo.chassis.data.Outages;
import jangteo.chassis.telemetry.Traces;
import jangteo.chassis.web.Problem;
import jangteo.chassis.web.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status that something thrown stands for.
 *
 * <p>HTTP problems are translated as google.rpc.Code maps them. What nobody foresaw is INTERNAL:
 * the log gets the exception, the client only the trace id to ask for.
 */
record Failure(Status status, Metadata trailers) {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

  static Failure of(Throwable thrown, String method) {
    return switch (thrown) {
      case GrpcRefusal refusal -> of(refusal.toStatusException());
      case ProblemException problem -> of(refusal(problem.problem()).toStatusException());
      case StatusRuntimeException e -> of(e);
      case StatusException e -> of(e.getStatus(), e.getTrailers());
      default ->
          Outages.passing(thrown)
              ? of(refusal(Outages.problem(thrown)).toStatusException())
              : unforeseen(thrown, method);
    };
  }

  private static GrpcRefusal refusal(Problem problem) {
    return switch (problem.status()) {
      case 400, 422 -> GrpcRefusal.of(Status.Code.INVALID_ARGUMENT, problem.detail());
      case 401 -> GrpcRefusal.of(Status.Code.UNAUTHENTICATED, problem.detail());
      case 403 -> GrpcRefusal.of(Status.Code.PERMISSION_DENIED, problem.detail());
      case 404 -> GrpcRefusal.of(Status.Code.NOT_FOUND, problem.detail());
      case 409, 412 -> GrpcRefusal.of(Status.Code.FAILED_PRECONDITION, problem.detail());
      case 429 -> again(Status.Code.RESOURCE_EXHAUSTED, problem);
      case 501 -> GrpcRefusal.of(Status.Code.UNIMPLEMENTED, problem.detail());
      case 503 -> again(Status.Code.UNAVAILABLE, problem);
      default -> GrpcRefusal.of(Status.Code.INTERNAL, problem.title());
    };
  }

  /** With the time after which to try again, as {@code google.rpc.RetryInfo}. */
  private static GrpcRefusal again(Status.Code code, Problem problem) {
    return Optional.ofNullable(problem.headers().get("Retry-After"))
        .map(Long::parseLong)
        .map(seconds -> Duration.newBuilder().setSeconds(seconds).build())
        .map(delay -> RetryInfo.newBuilder().setRetryDelay(delay).build())
        .map(retry -> GrpcRefusal.of(code, problem.detail(), retry))
        .orElseGet(() -> GrpcRefusal.of(code, problem.detail()));
  }

  private static Failure unforeseen(Throwable thrown, String method) {
    String trace = Traces.traceId();
    LOG.atError()
        .setCause(thrown)
        .addKeyValue("method", method)
        .addKeyValue("traceId", trace)
        .log("A gRPC call failed");
    return of(Status.INTERNAL.withDescription("The service failed; trace id " + trace), null);
  }

  private static Failure of(StatusRuntimeException e) {
    return of(e.getStatus(), e.getTrailers());
  }

  private static Failure of(Status status, @Nullable Metadata trailers) {
    return new Failure(status, trailers == null ? new Metadata() : trailers);
  }
}
