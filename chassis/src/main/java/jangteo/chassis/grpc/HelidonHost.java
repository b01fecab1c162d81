package jangteo.chassis.grpc;

import io.grpc.ServerServiceDefinition;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.grpc.GrpcRouting;
import java.util.List;

/**
 * Helidon's server, on the same services. It has no server reflection, because grpc-java's
 * reflection service asks grpc-java's server; what else it does not do is listed, and watched, in
 * the conformance test.
 */
final class HelidonHost implements GrpcHost {
  private final WebServer server;

  private HelidonHost(WebServer server) {
    this.server = server;
  }

  static HelidonHost start(GrpcServerConfig config, List<ServerServiceDefinition> services) {
    GrpcRouting.Builder routing = GrpcRouting.builder();
    services.forEach(routing::service);
    WebServer server =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .connectionOptions(options -> options.tcpNoDelay(true))
            .shutdownGracePeriod(config.grace())
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .addRouting(routing)
            .build()
            .start();
    if (!server.isRunning()) {
      throw new IllegalStateException(
          "gRPC cannot listen on " + config.host() + ":" + config.port());
    }
    return new HelidonHost(server);
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public void stop() {
    server.stop();
  }
}
