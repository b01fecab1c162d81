package jangteo.chassis.grpc;

import com.google.protobuf.BytesValue;
import com.google.protobuf.Empty;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.rpc.BadRequest;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.Span;
import jangteo.chassis.web.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The service that the conformance cases call: it answers, refuses, fails and waits as it is told.
 * Its messages are protobuf's own wrappers, so that it needs no generated code.
 */
final class Probe implements BindableService {
  static final String NAME = "jangteo.test.Probe";
  static final String KOREAN = "재고가 부족합니다: 장터 김치 1kg";
  static final String SECRET = "jdbc password hunter2";
  static final Metadata.Key<String> TRAILER =
      Metadata.Key.of("x-probe", Metadata.ASCII_STRING_MARSHALLER);

  static final MethodDescriptor<BytesValue, BytesValue> ECHO =
      method(
          "Echo",
          MethodType.UNARY,
          BytesValue.getDefaultInstance(),
          BytesValue.getDefaultInstance());
  static final MethodDescriptor<StringValue, Empty> FAIL =
      method(
          "Fail", MethodType.UNARY, StringValue.getDefaultInstance(), Empty.getDefaultInstance());
  static final MethodDescriptor<Empty, StringValue> WAIT =
      method(
          "Wait", MethodType.UNARY, Empty.getDefaultInstance(), StringValue.getDefaultInstance());
  static final MethodDescriptor<Empty, StringValue> TRACE =
      method(
          "Trace", MethodType.UNARY, Empty.getDefaultInstance(), StringValue.getDefaultInstance());
  static final MethodDescriptor<Int32Value, Int32Value> COUNT =
      method(
          "Count",
          MethodType.SERVER_STREAMING,
          Int32Value.getDefaultInstance(),
          Int32Value.getDefaultInstance());

  /** What {@code Wait} saw; it answers when released. */
  final CompletableFuture<Optional<Deadline>> entered = new CompletableFuture<>();

  final CompletableFuture<String> cancelled = new CompletableFuture<>();
  private final CountDownLatch release = new CountDownLatch(1);

  void release() {
    release.countDown();
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder(NAME)
        .addMethod(ECHO, ServerCalls.asyncUnaryCall(Probe::echo))
        .addMethod(FAIL, ServerCalls.asyncUnaryCall(Probe::fail))
        .addMethod(WAIT, ServerCalls.asyncUnaryCall(this::waitForRelease))
        .addMethod(TRACE, ServerCalls.asyncUnaryCall(Probe::trace))
        .addMethod(COUNT, ServerCalls.asyncServerStreamingCall(Probe::count))
        .build();
  }

  private static void echo(BytesValue request, StreamObserver<BytesValue> answer) {
    answer.onNext(request);
    answer.onCompleted();
  }

  private static void fail(StringValue how, StreamObserver<Empty> answer) {
    switch (how.getValue()) {
      case "thrown" -> throw new IllegalStateException(SECRET);
      case "observed" -> answer.onError(new IllegalStateException(SECRET));
      case "refused" ->
          throw GrpcRefusal.of(
              Status.Code.NOT_FOUND,
              KOREAN,
              BadRequest.newBuilder()
                  .addFieldViolations(
                      BadRequest.FieldViolation.newBuilder()
                          .setField("items[2].product_id")
                          .setDescription(KOREAN))
                  .build());
      case "unavailable" ->
          throw Problem.unavailable("The database is away", Duration.ofSeconds(3)).exception();
      case "trailers" -> {
        Metadata trailers = new Metadata();
        trailers.put(TRAILER, "kept");
        answer.onError(Status.ABORTED.withDescription("in between").asRuntimeException(trailers));
      }
      default -> throw GrpcRefusal.invalid("how", "is not known");
    }
  }

  private void waitForRelease(Empty request, StreamObserver<StringValue> answer) {
    ((ServerCallStreamObserver<StringValue>) answer)
        .setOnCancelHandler(() -> cancelled.complete("seen"));
    entered.complete(Optional.ofNullable(Context.current().getDeadline()));
    Context.current().addListener(context -> cancelled.complete("seen"), Runnable::run);
    try {
      if (!release.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody released the call");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    answer.onNext(StringValue.of("released"));
    answer.onCompleted();
  }

  private static void trace(Empty request, StreamObserver<StringValue> answer) {
    answer.onNext(StringValue.of(Span.current().getSpanContext().getTraceId()));
    answer.onCompleted();
  }

  private static void count(Int32Value to, StreamObserver<Int32Value> answer) {
    for (int i = 1; i <= to.getValue(); i++) {
      answer.onNext(Int32Value.of(i));
    }
    answer.onCompleted();
  }

  private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
      String name, MethodType type, Q request, A answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(answer))
        .build();
  }
}
