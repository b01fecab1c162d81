package jangteo.chassis.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A domain refusal on its way to a gRPC client: a status with a description that the client may
 * read, and details in the richer error model ({@code google.rpc.Status} in {@code
 * grpc-status-details-bin}).
 *
 * <p>Handlers throw it; the server answers it. On the client side {@link #violations(Throwable)}
 * reads the fields again.
 */
public final class GrpcRefusal extends RuntimeException {
  private final com.google.rpc.Status status;

  private GrpcRefusal(com.google.rpc.Status status) {
    super(status.getMessage(), null, false, false);
    this.status = status;
  }

  /** Any status but OK, with details such as {@code google.rpc.BadRequest}. */
  public static GrpcRefusal of(Status.Code code, String description, Message... details) {
    if (code == Status.Code.OK) {
      throw new IllegalArgumentException("OK is no refusal");
    }
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(description);
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return new GrpcRefusal(status.build());
  }

  /** NOT_FOUND that names the field, such as {@code items[2].product_id}. */
  public static GrpcRefusal notFound(String field, String description) {
    return of(Status.Code.NOT_FOUND, field + ": " + description, badField(field, description));
  }

  /** INVALID_ARGUMENT that names the field. */
  public static GrpcRefusal invalid(String field, String description) {
    return of(
        Status.Code.INVALID_ARGUMENT, field + ": " + description, badField(field, description));
  }

  /** FAILED_PRECONDITION: right as a call, wrong in the present state. */
  public static GrpcRefusal notNow(String description) {
    return of(Status.Code.FAILED_PRECONDITION, description);
  }

  /**
   * The fields that a refusal of the other side names; empty when it names none, or when the
   * exception is no gRPC status at all.
   */
  public static List<FieldViolation> violations(Throwable refused) {
    com.google.rpc.@Nullable Status status = StatusProto.fromThrowable(refused);
    return status == null
        ? List.of()
        : status.getDetailsList().stream()
            .filter(detail -> detail.is(BadRequest.class))
            .flatMap(detail -> unpack(detail).getFieldViolationsList().stream())
            .toList();
  }

  StatusRuntimeException toStatusException() {
    return StatusProto.toStatusRuntimeException(status);
  }

  private static BadRequest badField(String field, String description) {
    return BadRequest.newBuilder()
        .addFieldViolations(FieldViolation.newBuilder().setField(field).setDescription(description))
        .build();
  }

  private static BadRequest unpack(Any detail) {
    try {
      return detail.unpack(BadRequest.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("a google.rpc.BadRequest that cannot be read", e);
    }
  }
}
