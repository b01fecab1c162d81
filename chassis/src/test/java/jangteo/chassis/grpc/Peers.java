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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;

/** A server with the probe on it, and a client of it, as services have them. */
final class Peers implements AutoCloseable {
  static final OpenTelemetry TELEMETRY =
      OpenTelemetrySdk.builder()
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();

  final Probe probe = new Probe();
  final GrpcServer server;
  final Channel channel;
  private final GrpcClients clients;

  private Peers(String kind) {
    server =
        GrpcServer.create(
            config(Map.of("grpc.server", kind, "grpc.grace", "PT2S")).get("grpc"),
            TELEMETRY,
            List.of(probe));
    server.start();
    clients =
        GrpcClients.create(
            config(
                    Map.of(
                        "clients.probe.target",
                        "127.0.0.1:" + server.port(),
                        "clients.probe.deadline",
                        "PT1S"))
                .get("clients"),
            TELEMETRY);
    channel = clients.to("probe");
  }

  static Peers on(String kind) {
    return new Peers(kind);
  }

  static Config config(Map<String, String> values) {
    return Config.builder(ConfigSources.create(values))
        .disableEnvironmentVariablesSource()
        .disableSystemPropertiesSource()
        .build();
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
