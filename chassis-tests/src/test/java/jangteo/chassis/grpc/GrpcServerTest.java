package jangteo.chassis.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcServerTest {

  @ParameterizedTest
  @ValueSource(strings = {"netty", "helidon"})
  void aTakenPortIsNamed(String product) {
    GrpcServer first = server(Map.of());
    first.start();
    try {
      GrpcServer second =
          server(Map.of("grpc.port", Integer.toString(first.port()), "grpc.server", product));
      assertThatThrownBy(second::start)
          .hasMessage("gRPC cannot listen on 127.0.0.1:" + first.port());
      assertThat(second.readiness().ready()).isFalse();
    } finally {
      first.stop();
    }
    assertThat(first.readiness().ready()).isFalse();
  }

  @Test
  void anUnknownServerIsRefusedWithTheChoice() {
    assertThatThrownBy(() -> server(Map.of("grpc.server", "jetty")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("grpc.server is \"jetty\"; it can be netty or helidon");
  }

  @Test
  void itListensWhereRestDoes() {
    Map<String, String> rest = Map.of("server.host", "127.0.0.2", "grpc.port", "0");
    assertThat(GrpcServerConfig.create(Peers.config(rest).get("grpc")).host())
        .isEqualTo("127.0.0.2");
  }

  private static GrpcServer server(Map<String, String> config) {
    return GrpcServer.create(
        Peers.config(config).get("grpc"), Peers.TELEMETRY, List.of(new Probe()));
  }
}
