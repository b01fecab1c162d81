package jangteo.chassis.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.Empty;
import com.google.protobuf.Int32Value;
import com.google.protobuf.StringValue;
import com.google.rpc.Code;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What a gRPC server owes its callers; each case runs on a server and a channel of its own. */
enum ConformanceCase {
  EXCEPTION("an exception is INTERNAL with a trace id, and leaks nothing") {
    @Override
    void run(Peers peers) {
      assertInternal(peers.refusal("thrown"));
    }
  },
  OBSERVED_EXCEPTION("an exception given to onError is INTERNAL, and leaks nothing") {
    @Override
    void run(Peers peers) {
      assertInternal(peers.refusal("observed"));
    }
  },
  DETAILS("a refusal keeps its status, Korean description and details") {
    @Override
    void run(Peers peers) {
      StatusRuntimeException e = peers.refusal("refused");
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(e.getStatus().getDescription()).isEqualTo(Probe.KOREAN);
      assertThat(GrpcRefusal.violations(e))
          .singleElement()
          .satisfies(field -> assertThat(field.getField()).isEqualTo("items[2].product_id"))
          .satisfies(field -> assertThat(field.getDescription()).isEqualTo(Probe.KOREAN));
    }
  },
  UNAVAILABLE("a 503 problem is UNAVAILABLE and says when to try again") {
    @Override
    void run(Peers peers) {
      StatusRuntimeException e = peers.refusal("unavailable");
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      com.google.rpc.Status status = StatusProto.fromThrowable(e);
      assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE_VALUE);
      assertThat(status.getDetailsCount()).isEqualTo(1);
    }
  },
  TRAILERS("trailers arrive") {
    @Override
    void run(Peers peers) {
      StatusRuntimeException e = peers.refusal("trailers");
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(e.getTrailers().get(Probe.TRAILER)).isEqualTo("kept");
    }
  },
  DEADLINE_AT_CLIENT("a deadline ends the call at the client in time") {
    @Override
    void run(Peers peers) {
      long before = System.nanoTime();
      assertThat(waiting(peers, 200)).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(peers.patience);
    }
  },
  DEADLINE_AT_SERVER("the handler sees the deadline, and that it has passed") {
    @Override
    void run(Peers peers) throws Exception {
      assertThat(waiting(peers, 1000)).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(peers.soon(peers.probe.entered)).isPresent();
      assertThat(peers.soon(peers.probe.cancelled)).isEqualTo("seen");
    }
  },
  CANCEL("the handler sees that the client has gone") {
    @Override
    void run(Peers peers) throws Exception {
      ClientCall<Empty, StringValue> call = peers.channel.newCall(Probe.WAIT, CallOptions.DEFAULT);
      Future<StringValue> answer = ClientCalls.futureUnaryCall(call, Empty.getDefaultInstance());
      peers.soon(peers.probe.entered);
      answer.cancel(true);
      assertThat(peers.soon(peers.probe.cancelled)).isEqualTo("seen");
    }
  },
  LARGE_MESSAGE("a message just under the limit passes both ways") {
    @Override
    void run(Peers peers) {
      BytesValue large = bytes(GrpcServerConfig.MAX_MESSAGE_BYTES - 64);
      CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS);
      BytesValue back = ClientCalls.blockingUnaryCall(peers.channel, Probe.ECHO, options, large);
      assertThat(back.getValue().size()).isEqualTo(large.getValue().size());
    }
  },
  TOO_LARGE_MESSAGE("a message over the limit is RESOURCE_EXHAUSTED") {
    @Override
    void run(Peers peers) {
      for (int i = 0; i < 5; i++) {
        BytesValue large = bytes(GrpcServerConfig.MAX_MESSAGE_BYTES + 64);
        assertCode(
            catchThrowable(() -> peers.call(Probe.ECHO, large)), Status.Code.RESOURCE_EXHAUSTED);
      }
      assertThat(peers.echo("still there").getValue().toStringUtf8()).isEqualTo("still there");
    }
  },
  SERVER_STREAM("a stream of 1000 messages arrives whole and in order") {
    @Override
    void run(Peers peers) {
      List<Integer> got = new ArrayList<>();
      ClientCalls.blockingServerStreamingCall(
              peers.channel, Probe.COUNT, CallOptions.DEFAULT, Int32Value.of(1000))
          .forEachRemaining(value -> got.add(value.getValue()));
      assertThat(got).hasSize(1000).isSorted().startsWith(1).endsWith(1000);
    }
  },
  UNKNOWN_METHOD("an unknown method is UNIMPLEMENTED") {
    @Override
    void run(Peers peers) {
      assertUnimplemented(peers, Probe.NAME + "/Nothing");
    }
  },
  UNKNOWN_SERVICE("an unknown service is UNIMPLEMENTED") {
    @Override
    void run(Peers peers) {
      assertUnimplemented(peers, "jangteo.test.Nobody/Nothing");
    }
  },
  TRACE("the trace goes on in the handler") {
    @Override
    void run(Peers peers) {
      Span span = Peers.TELEMETRY.getTracer("test").spanBuilder("caller").startSpan();
      try (Scope scope = span.makeCurrent()) {
        assertThat(peers.call(Probe.TRACE, Empty.getDefaultInstance()).getValue())
            .isEqualTo(span.getSpanContext().getTraceId());
      } finally {
        span.end();
      }
    }
  },
  HEALTH("the standard health service says SERVING") {
    @Override
    void run(Peers peers) {
      assertThat(
              HealthGrpc.newBlockingStub(peers.channel)
                  .check(HealthCheckRequest.newBuilder().setService(Probe.NAME).build())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
  },
  REFLECTION("server reflection works") {
    @Override
    void run(Peers peers) throws Exception {
      CompletableFuture<ServerReflectionResponse> listed = new CompletableFuture<>();
      StreamObserver<ServerReflectionRequest> ask =
          ServerReflectionGrpc.newStub(peers.channel).serverReflectionInfo(Observed.first(listed));
      ask.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      assertThat(peers.soon(listed).getListServicesResponse().getServiceList())
          .extracting(ServiceResponse::getName)
          .contains(HealthGrpc.SERVICE_NAME);
      ask.onCompleted();
    }
  },
  CONCURRENT_CALLS("2000 calls, 64 at a time, are all answered") {
    @Override
    void run(Peers peers) throws Exception {
      try (ExecutorService callers = Executors.newFixedThreadPool(64)) {
        List<Future<BytesValue>> answers = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
          String text = "call " + i;
          answers.add(callers.submit(() -> peers.echo(text)));
        }
        for (int i = 0; i < answers.size(); i++) {
          assertThat(answers.get(i).get().getValue().toStringUtf8()).isEqualTo("call " + i);
        }
      }
    }
  },
  SHORT_DEADLINES("of 300 calls in a row with 20 ms each, most are answered") {
    @Override
    void run(Peers peers) {
      for (int i = 0; i < 100; i++) {
        peers.echo("warm-up");
      }
      int late = 0;
      for (int i = 0; i < 300; i++) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.MILLISECONDS);
        try {
          ClientCalls.blockingUnaryCall(
              peers.channel, Probe.ECHO, options, BytesValue.getDefaultInstance());
        } catch (StatusRuntimeException e) {
          assertCode(e, Status.Code.DEADLINE_EXCEEDED);
          late++;
        }
      }
      // A listener or client with Nagle's algorithm on would make all of them late, by 44 ms and
      // more.
      assertThat(late).as("late calls").isLessThan(150);
    }
  },
  MISSED_DEADLINES("300 calls that miss a deadline of 20 ms leave the connection in order") {
    @Override
    void run(Peers peers) throws Exception {
      try (ExecutorService callers = Executors.newFixedThreadPool(30)) {
        List<Future<Status.Code>> ends = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
          ends.add(callers.submit(() -> waiting(peers, 20)));
        }
        for (Future<Status.Code> end : ends) {
          assertThat(end.get()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
      }
      assertThat(peers.echo("still there").getValue().toStringUtf8()).isEqualTo("still there");
    }
  },
  GRACEFUL_STOP("a stop takes no new call and lets the running one end") {
    @Override
    void run(Peers peers) throws Exception {
      var running =
          ClientCalls.futureUnaryCall(
              peers.channel.newCall(
                  Probe.WAIT, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS)),
              Empty.getDefaultInstance());
      peers.soon(peers.probe.entered);
      Thread stopping = Thread.ofVirtual().start(peers.server::stop);
      await()
          .atMost(peers.patience)
          .untilAsserted(
              () ->
                  assertCode(
                      catchThrowable(() -> peers.echo("too late")), Status.Code.UNAVAILABLE));
      peers.probe.release();
      assertThat(peers.soon(running).getValue()).isEqualTo("released");
      assertThat(stopping.join(peers.patience)).isTrue();
    }
  };

  final String promise;

  ConformanceCase(String promise) {
    this.promise = promise;
  }

  /** Throws when the server does not keep the promise. */
  abstract void run(Peers peers) throws Exception;

  private static BytesValue bytes(int size) {
    return BytesValue.of(ByteString.copyFrom(new byte[size]));
  }

  private static Status.Code waiting(Peers peers, long millis) {
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
    try {
      ClientCalls.blockingUnaryCall(peers.channel, Probe.WAIT, options, Empty.getDefaultInstance());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  private static void assertInternal(StatusRuntimeException e) {
    assertCode(e, Status.Code.INTERNAL);
    assertThat(e.getStatus().getDescription())
        .matches("The service failed; trace id [0-9a-f]{32}")
        .doesNotContain(Probe.SECRET);
  }

  private static void assertUnimplemented(Peers peers, String method) {
    MethodDescriptor<BytesValue, BytesValue> unknown =
        Probe.ECHO.toBuilder().setFullMethodName(method).build();
    assertCode(
        catchThrowable(() -> peers.call(unknown, BytesValue.getDefaultInstance())),
        Status.Code.UNIMPLEMENTED);
  }

  private static void assertCode(Throwable e, Status.Code code) {
    assertThat(e).as("what the call throws").isNotNull();
    assertThat(Status.fromThrowable(e).getCode()).as("%s", e).isEqualTo(code);
  }
}
