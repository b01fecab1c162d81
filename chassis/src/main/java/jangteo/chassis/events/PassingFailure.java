package jangteo.chassis.events;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import jangteo.chassis.data.Outages;
import jangteo.chassis.web.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.kafka.common.errors.RetriableException;

/** Tells failures that pass by themselves (something is away) from errors of record or program. */
final class PassingFailure {

  private static final Set<Status.Code> AWAY =
      Set.of(
          Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.RESOURCE_EXHAUSTED);

  private PassingFailure() {}

  static boolean is(Throwable failure) {
    if (Outages.passing(failure)) {
      return true;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (passesAlone(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean passesAlone(Throwable failure) {
    return switch (failure) {
      case ProblemException problem -> problem.problem().status() == 503;
      case StatusRuntimeException grpc -> AWAY.contains(grpc.getStatus().getCode());
      case StatusException grpc -> AWAY.contains(grpc.getStatus().getCode());
      case com.google.protobuf.InvalidProtocolBufferException wrong -> false;
      case RetriableException away -> true;
      case IOException away -> true;
      case UncheckedIOException away -> true;
      default -> false;
    };
  }
}
