package jangteo.chassis.web;

import io.helidon.common.socket.SocketOptions;
import io.helidon.config.Config;
import io.helidon.health.HealthCheck;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.http.media.jackson.JacksonSupport;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import io.helidon.webserver.observe.info.InfoObserver;
import io.helidon.webserver.observe.metrics.MetricsObserver;
import jangteo.chassis.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP listeners of a service: REST on {@code server.port}; health, metrics and information on
 * {@code admin.port}, which the gateway never reaches.
 */
public final class RestServer implements Part {

  private static final String ADMIN = "admin";

  private final WebServerConfig.Builder server;
  private @Nullable WebServer running;

  private RestServer(WebServerConfig.Builder server) {
    this.server = server;
  }

  /**
   * Prepares the listeners.
   *
   * @param config the service's configuration
   * @param name the service's name
   * @param tokens what turns a bearer token into the {@link Caller} of a request
   * @param checks the health report
   * @param services the REST services, tried in this order
   */
  public static RestServer create(
      Config config,
      String name,
      Filter tokens,
      List<HealthCheck> checks,
      List<HttpService> services) {
    // Helidon leaves Nagle's algorithm on by default, which costs 44 ms an answer here.
    SocketOptions noDelay = SocketOptions.builder().tcpNoDelay(true).build();
    String host = config.get("server.host").asString().orElse("127.0.0.1");
    HttpRouting.Builder routing = HttpRouting.builder();
    routing.addFilter(new SafeHeaders());
    routing.addFilter(new RequestTelemetry());
    Optional<CrossOrigin> crossOrigin = CrossOrigin.of(config.get("cors"));
    crossOrigin.ifPresent(routing::addFilter);
    routing.addFilter(tokens);
    routing.error(Throwable.class, Problems::answer);
    Routes routes = new Routes(routing);
    routes.register(services.toArray(HttpService[]::new));
    routing.any(routes::unmatched);
    WebServerConfig.Builder server =
        WebServer.builder()
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            // HTTP/1.1 alone: Helidon's HTTP/2 keeps no payload limit and loses some error answers;
            // it is on the class path for gRPC.
            .protocolsDiscoverServices(false)
            .addProtocol(Http1Config.create())
            .host(host)
            .port(config.get("server.port").asInt().orElse(0))
            .connectionOptions(noDelay)
            .maxPayloadSize(config.get("server.max-payload-bytes").asLong().orElse(1024L * 1024))
            .maxTcpConnections(config.get("server.max-connections").asInt().orElse(4096))
            .idleConnectionTimeout(Duration.ofMinutes(2))
            .shutdownGracePeriod(
                config
                    .get("server.shutdown-grace")
                    .as(Duration.class)
                    .orElse(Duration.ofSeconds(5)))
            .mediaContext(
                MediaContext.builder()
                    .mediaSupportsDiscoverServices(false)
                    .addMediaSupport(JacksonSupport.create(Json.mapper()))
                    .build())
            .contentEncoding(ContentEncodingContext.create())
            .directHandlers(Problems.beforeRouting(crossOrigin))
            .routing(routing)
            .putSocket(
                ADMIN,
                socket ->
                    socket
                        .host(host)
                        .port(config.get("admin.port").asInt().orElse(0))
                        .connectionOptions(noDelay))
            .addFeature(
                ObserveFeature.builder()
                    .observersDiscoverServices(false)
                    .addSockets(List.of(ADMIN))
                    .addObserver(
                        HealthObserver.builder()
                            .useSystemServices(false)
                            .details(true)
                            .addHealthChecks(checks)
                            .build())
                    .addObserver(MetricsObserver.builder().build())
                    .addObserver(InfoObserver.builder().values(Map.of("name", name)).build())
                    .build());
    return new RestServer(server);
  }

  @Override
  public String name() {
    return "rest";
  }

  /** Listens from here on. Throws when a port cannot be had. */
  @Override
  public void start() {
    WebServer started = server.build().start();
    if (!started.isRunning()) {
      // Helidon logs which port it was and why, and returns.
      throw new IllegalStateException("REST cannot listen");
    }
    running = started;
  }

  @Override
  public void stop() {
    WebServer toStop = running;
    if (toStop != null) {
      toStop.stop();
    }
  }

  /** The port of REST. */
  public int port() {
    return started().port();
  }

  /** The port of health and metrics. */
  public int adminPort() {
    return started().port(ADMIN);
  }

  private WebServer started() {
    WebServer started = running;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }
}
