package jangteo.chassis.grpc;

import io.helidon.config.Config;
import java.time.Duration;
import java.util.Locale;

/**
 * Where and on what gRPC is served; read from the section {@code grpc} of a service's
 * configuration.
 *
 * @param server which of the two servers hosts the services; key {@code server}
 * @param host the address to listen on; key {@code host}, else that of REST
 * @param port 0 takes a free one; key {@code port}
 * @param maxMessageBytes the largest request that is read, in bytes; a larger one is refused as
 *     RESOURCE_EXHAUSTED; key {@code max-message-bytes}
 * @param grace how long calls in progress may go on when the service stops; key {@code grace}
 */
record GrpcServerConfig(Kind server, String host, int port, int maxMessageBytes, Duration grace) {

  /** gRPC's own default. */
  static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

  enum Kind {
    NETTY,
    HELIDON
  }

  static GrpcServerConfig create(Config grpc) {
    String host = grpc.root().get("server.host").asString().orElse("127.0.0.1");
    return new GrpcServerConfig(
        kind(grpc.get("server").asString().orElse("netty")),
        grpc.get("host").asString().orElse(host),
        grpc.get("port").asInt().orElse(0),
        grpc.get("max-message-bytes").asInt().orElse(MAX_MESSAGE_BYTES),
        grpc.get("grace").as(Duration.class).orElse(Duration.ofSeconds(10)));
  }

  private static Kind kind(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "netty" -> Kind.NETTY;
      case "helidon" -> Kind.HELIDON;
      default ->
          throw new IllegalArgumentException(
              "grpc.server is \"" + name + "\"; it can be netty or helidon");
    };
  }
}
