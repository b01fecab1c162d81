package jangteo.chassis.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallMetersTest {

  @Test
  void bothSidesCountACallByMethodAndStatus() {
    try (Peers peers = Peers.on("netty", Duration.ofSeconds(10))) {
      long answered = count("grpc.server.calls", "Echo", "OK");
      long refused = count("grpc.server.calls", "Fail", "NOT_FOUND");
      long made = count("grpc.client.calls", "Fail", "NOT_FOUND");

      peers.echo("one");
      peers.refusal("refused");
      peers.refusal("refused");

      assertThat(count("grpc.server.calls", "Echo", "OK")).isEqualTo(answered + 1);
      assertThat(count("grpc.server.calls", "Fail", "NOT_FOUND")).isEqualTo(refused + 2);
      assertThat(count("grpc.client.calls", "Fail", "NOT_FOUND")).isEqualTo(made + 2);
    }
  }

  private static long count(String name, String method, String status) {
    return Metrics.globalRegistry()
        .getOrCreate(
            Timer.builder(name)
                .tags(
                    List.of(
                        Tag.create("method", Probe.NAME + "/" + method),
                        Tag.create("status", status))))
        .count();
  }
}
