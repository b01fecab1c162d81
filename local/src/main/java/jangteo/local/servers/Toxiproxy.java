package jangteo.local.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Toxiproxy on 127.0.0.1: TCP proxies whose connections can be slowed down, reset or cut off while
 * they are in use. Only a shop under chaos has one.
 */
public final class Toxiproxy {
  static final String VARIABLE = "JANGTEO_TOXIPROXY";
  static final Version MINIMUM = new Version(2, 5);
  private static final String VERSION = "2.5.0";
  private static final String MODULE = "github.com/Shopify/toxiproxy/v2";
  private static final String PROGRAM = MODULE + "/cmd/server@v" + VERSION;
  private static final long BYTES = 32L << 20;
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path server;
  private final String origin;

  private Toxiproxy(Path server, String origin) {
    this.server = server;
    this.origin = origin;
  }

  /**
   * One proxied port.
   *
   * @param name unique
   * @param listen the port on 127.0.0.1 that callers dial
   * @param upstream the port on 127.0.0.1 they reach by it
   */
  public record Proxy(String name, int listen, int upstream) {}

  /**
   * Takes the server that {@code JANGTEO_TOXIPROXY} names, or a toxiproxy-server ≥ 2.5 on the PATH,
   * or builds 2.5.0 with Go, once.
   *
   * @throws MissingPartException when there is none and no Go to build it with
   * @throws IOException when files cannot be written
   */
  public static Toxiproxy locate(Path cache, Progress progress) throws IOException {
    return locate(System.getenv(), cache, progress);
  }

  static Toxiproxy locate(Map<String, String> environment, Path cache, Progress progress)
      throws IOException {
    return Binary.named(environment, VARIABLE, MINIMUM)
        .or(() -> Binary.onPath(environment, "toxiproxy-server", MINIMUM))
        .map(binary -> new Toxiproxy(binary.path(), binary.describe()))
        .orElseGet(() -> built(cache, progress));
  }

  private static Toxiproxy built(Path cache, Progress progress) {
    try {
      Path entry =
          Cache.entry(cache, "toxiproxy-" + VERSION, BYTES, folder -> build(folder, progress));
      return new Toxiproxy(entry.resolve("server"), "Toxiproxy " + VERSION + ", built with Go");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void build(Path folder, Progress progress) {
    progress.say("building Toxiproxy " + VERSION + " with Go (two minutes, once)");
    String lacking;
    try {
      Command.Outcome built =
          Command.run(
              BUILD_LIMIT,
              List.of("env", "GOBIN=" + folder, "CGO_ENABLED=0", "go", "install", PROGRAM));
      if (built.ok()) {
        return;
      }
      lacking = "Toxiproxy, which Go could not build (" + built.lastLine() + ")";
    } catch (IOException e) {
      lacking = "Toxiproxy: " + e.getMessage();
    }
    throw new MissingPartException(
        lacking, "Install Go 1.21 or newer, or put toxiproxy-server on the PATH.");
  }

  static SuppliedServer supplied() {
    return SuppliedServer.itself(
        "toxiproxy", VERSION, "pkg:golang/" + MODULE.toLowerCase(Locale.ROOT) + "@v" + VERSION);
  }

  /** Which server was taken, in one line. */
  public String origin() {
    return origin;
  }

  /** The server with these proxies, steered over HTTP on the port. */
  public Program program(Path data, Path logs, int port, List<Proxy> proxies) throws IOException {
    Path folder = Files.createDirectories(data.toAbsolutePath());
    Path configuration = folder.resolve("proxies.json");
    List<Map<String, Object>> wanted =
        proxies.stream()
            .map(
                proxy ->
                    Map.<String, Object>of(
                        "name",
                        proxy.name(),
                        "listen",
                        "127.0.0.1:" + proxy.listen(),
                        "upstream",
                        "127.0.0.1:" + proxy.upstream(),
                        "enabled",
                        true))
            .toList();
    Files.write(configuration, JSON.writeValueAsBytes(wanted));
    return new Program(
        "toxiproxy",
        List.of(
            server.toString(),
            "-host",
            "127.0.0.1",
            "-port",
            Integer.toString(port),
            "-config",
            configuration.toString()),
        Map.of("LOG_LEVEL", "error"),
        folder,
        logs.toAbsolutePath().resolve("toxiproxy.log"),
        Probe.http(URI.create("http://127.0.0.1:" + port + "/version")),
        port,
        START_LIMIT);
  }
}
