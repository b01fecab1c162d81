package jangteo.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis on 127.0.0.1, with an append-only file and bounded memory that is never evicted: a blocked
 * token must not be forgotten to make room (design, section 9).
 */
public final class Redis {
  static final String VARIABLE = "JANGTEO_REDIS";
  static final Version MINIMUM = new Version(6, 2);

  private static final String VERSION = "6.2";
  private static final String EMBEDDED = "redis-" + VERSION + "-embedded-1.4.3";
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final Executable server;

  private Redis(Executable server) {
    this.server = server;
  }

  /**
   * Takes the server that {@code JANGTEO_REDIS} names, or a redis-server ≥ 6.2 on the PATH, or
   * unpacks the one of embedded-redis.
   *
   * @throws MissingPartException when something is lacking that cannot be fetched
   * @throws IOException when unpacking fails
   */
  public static Redis locate(Path cache, Progress progress) throws IOException {
    return locate(System.getenv(), cache, progress);
  }

  static Redis locate(Map<String, String> environment, Path cache, Progress progress)
      throws IOException {
    return new Redis(
        Executable.choose(
            environment,
            VARIABLE,
            "redis-server",
            MINIMUM,
            "Redis",
            () -> embedded(cache, progress)));
  }

  private static Executable embedded(Path cache, Progress progress) throws IOException {
    Path entry =
        Cache.entry(
            cache,
            EMBEDDED,
            32L << 20,
            folder -> {
              progress.say("unpacking Redis " + VERSION);
              Path unpacked =
                  ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
              Files.move(unpacked, folder.resolve("redis-server"));
            });
    return new Executable(entry.resolve("redis-server"), "embedded Redis " + VERSION);
  }

  static SuppliedServer supplied() {
    return SuppliedServer.carried("redis", VERSION, Optional.empty());
  }

  /** Which server was taken, in one line. */
  public String origin() {
    return server.origin();
  }

  /**
   * The server on this data folder.
   *
   * @param data a folder of its own; it is kept between runs
   */
  public Program program(Path data, Path logs, int port) throws IOException {
    Path folder = Files.createDirectories(data.toAbsolutePath());
    return new Program(
        "redis",
        List.of(
            server.path().toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--databases",
            "1024", // one for each test that asks
            "--dir",
            folder.toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--maxmemory",
            "64mb",
            "--maxmemory-policy",
            "noeviction"),
        Map.of(),
        folder,
        logs.toAbsolutePath().resolve("redis.log"),
        Probe.redis(port),
        port,
        START_LIMIT);
  }
}
