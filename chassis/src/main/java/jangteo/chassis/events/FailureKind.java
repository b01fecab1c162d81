package jangteo.chassis.events;

import com.fasterxml.jackson.core.JacksonException;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import jangteo.chassis.data.Outages;
import jangteo.chassis.web.ProblemException;
import java.io.IOException;
import java.util.Set;
import org.apache.kafka.common.errors.RetriableException;

/** What a handler's failure says about trying again (design, section 6, "In"). */
enum FailureKind {
  /** Something is away, and comes back: tried again for as long as it takes. */
  PASSING,
  /** The record can never be handled. */
  HOPELESS,
  /** Anything else, such as an error of the program: tried a few times. */
  UNEXPECTED;

  private static final Set<Status.Code> AWAY =
      Set.of(
          Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.RESOURCE_EXHAUSTED);

  /** Goes by the outermost cause that says something. */
  static FailureKind of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      FailureKind kind = ofAlone(cause);
      if (kind != UNEXPECTED) {
        return kind;
      }
    }
    return Outages.passing(failure) ? PASSING : UNEXPECTED;
  }

  private static FailureKind ofAlone(Throwable failure) {
    return switch (failure) {
      case UnprocessableException never -> HOPELESS;
      case InvalidProtocolBufferException never -> HOPELESS;
      case JacksonException notJson -> UNEXPECTED;
      case ProblemException problem -> passingIf(problem.problem().status() == 503);
      case StatusRuntimeException grpc -> passingIf(AWAY.contains(grpc.getStatus().getCode()));
      case StatusException grpc -> passingIf(AWAY.contains(grpc.getStatus().getCode()));
      case RetriableException away -> PASSING;
      case IOException away -> PASSING;
      case VirtualMachineError exhausted -> passingIf(!(exhausted instanceof StackOverflowError));
      default -> UNEXPECTED;
    };
  }

  private static FailureKind passingIf(boolean away) {
    return away ? PASSING : UNEXPECTED;
  }
}
