package jangteo.chassis.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.StringValue;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** A server with the probe on it, and a client of it, as services have them. */
final class Peers implements AutoCloseable {
  static final OpenTelemetry TELEMETRY =
      OpenTelemetrySdk.builder()
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();

  private static final Duration GRACE = Duration.ofSeconds(4);

  final Probe probe = new Probe();
  final GrpcServer server;
  final Channel channel;
  private final GrpcClients clients;

  /** How long anything may take that should not take long: a busy machine is no deviation. */
  final Duration patience;

  private Peers(String kind, Duration patience) {
    this.patience = patience;
    Duration grace = patience.compareTo(GRACE) < 0 ? patience : GRACE;
    Map<String, String> values = Map.of("grpc.server", kind, "grpc.grace", grace.toString());
    server = GrpcServer.create(config(values).get("grpc"), TELEMETRY, List.of(probe));
    server.start();
    clients =
        GrpcClients.create(
            config(
                    Map.of(
                        "clients.probe.target",
                        "127.0.0.1:" + server.port(),
                        "clients.probe.deadline",
                        patience.toString()))
                .get("clients"),
            TELEMETRY);
    channel = clients.to("probe");
  }

  static Peers on(String kind, Duration patience) {
    return new Peers(kind, patience);
  }

  static Config config(Map<String, String> values) {
    return Config.builder(ConfigSources.create(values))
        .disableEnvironmentVariablesSource()
        .disableSystemPropertiesSource()
        .build();
  }

  /** What comes within the patience. */
  <T> T soon(Future<T> future) throws Exception {
    return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  <Q, A> A call(MethodDescriptor<Q, A> method, Q request) {
    return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
  }

  BytesValue echo(String text) {
    return call(Probe.ECHO, BytesValue.of(ByteString.copyFromUtf8(text)));
  }

  StatusRuntimeException refusal(String how) {
    return Assertions.assertThrows(
        StatusRuntimeException.class, () -> call(Probe.FAIL, StringValue.of(how)));
  }

  @Override
  public void close() {
    probe.release();
    clients.stop();
    server.stop();
  }
}
