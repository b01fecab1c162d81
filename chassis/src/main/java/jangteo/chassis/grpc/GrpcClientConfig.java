package jangteo.chassis.grpc;

import io.helidon.config.Config;
import java.time.Duration;

/** One peer; see {@link GrpcClients#create} for the keys. */
record GrpcClientConfig(
    String target, Duration deadline, String loadBalancing, int maxMessageBytes) {

  static GrpcClientConfig create(String name, Config client) {
    return new GrpcClientConfig(
        client
            .get("target")
            .asString()
            .orElseThrow(
                () -> new IllegalArgumentException("clients." + name + ".target is not set")),
        client.get("deadline").as(Duration.class).orElse(Duration.ofSeconds(2)),
        client.get("load-balancing").asString().orElse("round_robin"),
        client.get("max-message-bytes").asInt().orElse(GrpcServerConfig.MAX_MESSAGE_BYTES));
  }
}
