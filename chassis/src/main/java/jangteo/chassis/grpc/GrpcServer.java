package jangteo.chassis.grpc;

import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.helidon.config.Config;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hosts a service's gRPC on a port of its own, with the standard health service, and with server
 * reflection on the default server.
 *
 * <p>Handlers may block, and refuse by throwing: see {@link GrpcRefusal}. Any other exception is
 * answered as INTERNAL without its message and logged with its trace id.
 */
public final class GrpcServer implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcServer.class);

  private final GrpcServerConfig config;
  private final HealthStatusManager health = new HealthStatusManager();
  private final List<ServerServiceDefinition> services = new ArrayList<>();
  private volatile Optional<GrpcHost> host = Optional.empty();

  private GrpcServer(GrpcServerConfig config) {
    this.config = config;
  }

  /**
   * A server that is not started yet.
   *
   * @param grpc the section {@code grpc} of the configuration: {@code server} (netty or helidon),
   *     {@code host} (that of the section {@code server} when not set), {@code port}, {@code
   *     max-message-bytes}, {@code grace}
   * @throws IllegalArgumentException when {@code grpc.server} names no server
   */
  public static GrpcServer create(
      Config grpc, OpenTelemetry telemetry, List<? extends BindableService> services) {
    GrpcServer server = new GrpcServer(GrpcServerConfig.create(grpc));
    ServerInterceptor spans = GrpcTelemetry.create(telemetry).createServerInterceptor();
    ServerInterceptor meters = CallMeters.served();
    ServerInterceptor refusals = new RefusalInterceptor();
    server.services.add(server.health.getHealthService().bindService());
    for (BindableService service : services) {
      server.services.add(ServerInterceptors.interceptForward(service, spans, meters, refusals));
    }
    return server;
  }

  @Override
  public String name() {
    return "grpc";
  }

  /** Listens from here on. Throws when the port cannot be had. */
  @Override
  public void start() {
    GrpcHost started =
        switch (config.server()) {
          case NETTY -> NettyHost.start(config, services);
          case HELIDON -> HelidonHost.start(config, services);
        };
    host = Optional.of(started);
    services.forEach(
        service ->
            health.setStatus(service.getServiceDescriptor().getName(), ServingStatus.SERVING));
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
    LOG.atInfo()
        .addKeyValue("host", config.host())
        .addKeyValue("port", started.port())
        .addKeyValue("server", config.server())
        .log("gRPC listens");
  }

  /** Tells health watchers, takes no new call, and waits for those in progress. */
  @Override
  public void stop() {
    health.enterTerminalState();
    host.ifPresent(GrpcHost::stop);
    host = Optional.empty();
  }

  @Override
  public Readiness readiness() {
    return host.isPresent() ? Readiness.yes() : Readiness.no("gRPC does not listen");
  }

  /** The port in use. Throws {@link IllegalStateException} before the start and after the stop. */
  public int port() {
    return host.orElseThrow(() -> new IllegalStateException("gRPC does not listen")).port();
  }
}
