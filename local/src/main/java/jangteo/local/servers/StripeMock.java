package jangteo.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * stripe-mock on 127.0.0.1: Stripe's own server of its API's description. It checks each request
 * against it and answers from fixtures; it remembers nothing and declines nothing.
 */
public final class StripeMock {
  static final String VARIABLE = "JANGTEO_STRIPE_MOCK";

  private static final GoModule MODULE =
      new GoModule(
          "github.com/stripe/stripe-mock", "v0.203.0", "stripe-mock", VARIABLE, 300L << 20);

  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final Path executable;

  private StripeMock(Path executable) {
    this.executable = executable;
  }

  /**
   * Takes the one that {@code JANGTEO_STRIPE_MOCK} names, or builds it as a Go module.
   *
   * @throws MissingPartException without Go, or when it cannot be fetched
   */
  public static StripeMock locate(Path cache, Progress progress) throws IOException {
    return locate(System.getenv(), cache, progress);
  }

  static StripeMock locate(Map<String, String> environment, Path cache, Progress progress)
      throws IOException {
    var named = Cache.setting(environment, VARIABLE).map(Path::of).map(Path::toAbsolutePath);
    if (named.isEmpty()) {
      return new StripeMock(MODULE.fetch(cache, progress));
    }
    if (!Files.isExecutable(named.get())) {
      throw new MissingPartException(
          VARIABLE + "=" + named.get() + ", which is no executable",
          "Name another one, or unset " + VARIABLE + " to have it built.");
    }
    return new StripeMock(named.get());
  }

  static SuppliedServer supplied() {
    return SuppliedServer.itself("stripe-mock", MODULE.version(), MODULE.purl());
  }

  /** The server; it keeps nothing. */
  public Program program(Path data, Path logs, int port) throws IOException {
    return new Program(
        "stripe-mock",
        List.of(executable.toString(), "-http-addr", "127.0.0.1:" + port),
        Map.of(),
        Files.createDirectories(data.toAbsolutePath()),
        logs.toAbsolutePath().resolve("stripe-mock.log"),
        Probe.tcp(port),
        port,
        START_LIMIT);
  }
}
