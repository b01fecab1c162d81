package jangteo.chassis.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.List;

/** Rate, errors and duration of calls, by method and status, as served and as made. */
final class CallMeters {

  private CallMeters() {}

  /** {@code grpc.server.calls}: until the handler has answered. */
  static ServerInterceptor served() {
    return new Served();
  }

  /** {@code grpc.client.calls}: until the answer is here, or the call has failed. */
  static ClientInterceptor made() {
    return new Made();
  }

  private static void record(
      String name, MethodDescriptor<?, ?> method, Status status, long begun) {
    Metrics.globalRegistry()
        .getOrCreate(
            Timer.builder(name)
                .description("gRPC calls by method and status")
                .tags(
                    List.of(
                        Tag.create("method", method.getFullMethodName()),
                        Tag.create("status", status.getCode().name()))))
        .record(Duration.ofNanos(System.nanoTime() - begun));
  }

  private static final class Served implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      long begun = System.nanoTime();
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
              record("grpc.server.calls", getMethodDescriptor(), status, begun);
              super.close(status, trailers);
            }
          },
          headers);
    }
  }

  private static final class Made implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          long begun = System.nanoTime();
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onClose(Status status, Metadata trailers) {
                  record("grpc.client.calls", method, status, begun);
                  super.onClose(status, trailers);
                }
              },
              headers);
        }
      };
    }
  }
}
