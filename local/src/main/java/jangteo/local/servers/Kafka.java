package jangteo.local.servers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * One Kafka node on 127.0.0.1, broker and controller in one JVM (KRaft). The JVM is of the same JDK
 * as this one; Kafka's classes are those of this class path, or those of {@code JANGTEO_KAFKA}.
 */
public final class Kafka {
  static final String VARIABLE = "JANGTEO_KAFKA";
  static final Version MINIMUM = new Version(4, 0);

  /** Killed in the middle of a transaction, it leaves it open for ever (KAFKA-20734, ADR 19). */
  static final Version UNFIT = new Version(4, 3);

  /** Any id will do: the node has no other to be told from. */
  private static final String CLUSTER_ID = "amFuZ3Rlby1sb2NhbC0xMg";

  private static final Duration FORMAT_LIMIT = Duration.ofSeconds(60);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final String classPath;
  private final String version;
  private final String origin;
  private final Path formatted;
  private final Path classArchive;

  private Kafka(String classPath, String version, String origin, Path cache) throws IOException {
    this.classPath = classPath;
    this.version = version;
    this.origin = origin;
    this.formatted = formatted(cache);
    UUID key = UUID.nameUUIDFromBytes(classPath.getBytes(StandardCharsets.UTF_8));
    this.classArchive = cache.resolve("kafka-classes-" + key + ".jsa");
  }

  /**
   * Takes the Kafka ≥ 4.0 whose folder {@code JANGTEO_KAFKA} names, or the one of this class path;
   * then formats an empty log folder in the cache, once.
   *
   * @throws MissingPartException when the named folder holds no such Kafka, or a 4.3
   * @throws IOException when formatting fails
   */
  public static Kafka locate(Path cache, Progress progress) throws IOException {
    return locate(System.getenv(), cache, progress);
  }

  static Kafka locate(Map<String, String> environment, Path cache, Progress progress)
      throws IOException {
    Optional<String> home = Cache.setting(environment, VARIABLE);
    if (home.isPresent()) {
      Path libraries = Path.of(home.get()).toAbsolutePath().resolve("libs");
      String version = versionIn(libraries, home.get());
      if (Version.in(version).filter(UNFIT::equals).isPresent()) {
        throw unusable(
            home.get(),
            "is Kafka "
                + version
                + ": when it is killed, transactions stay open for ever (KAFKA-20734)");
      }
      return new Kafka(
          libraries + File.separator + "*", version, VARIABLE + "=" + home.get(), cache);
    }
    String version = AppInfoParser.getVersion();
    return new Kafka(jarsOfThisClassPath(), version, "embedded Kafka " + version, cache);
  }

  private static String versionIn(Path libraries, String home) throws IOException {
    if (Files.isDirectory(libraries)) {
      try (Stream<Path> files = Files.list(libraries)) {
        Optional<String> version =
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.startsWith("kafka-clients-") && name.endsWith(".jar"))
                .map(name -> name.substring("kafka-clients-".length(), name.length() - 4))
                .filter(name -> Version.in(name).filter(v -> v.atLeast(MINIMUM)).isPresent())
                .findFirst();
        if (version.isPresent()) {
          return version.get();
        }
      }
    }
    throw unusable(home, "holds no Kafka " + MINIMUM + " or newer (libs/*.jar)");
  }

  private static MissingPartException unusable(String home, String why) {
    return new MissingPartException(
        VARIABLE + "=" + home + ", which " + why,
        "Name another folder, or unset " + VARIABLE + " to use the embedded Kafka.");
  }

  /**
   * What is built here is left out: a build may replace it under the running broker, and the class
   * archive is the same for every checkout.
   */
  private static String jarsOfThisClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(jar -> jar.getFileName().toString().matches("(?!jangteo-).*\\.jar"))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Which Kafka was taken, in one line. */
  public String origin() {
    return origin;
  }

  /**
   * The node on this data folder, which is formatted when it is new.
   *
   * @param data a folder of its own; it is kept between runs
   * @param controllerPort a second port, for the controller
   */
  public Program program(Path data, Path logs, int port, int controllerPort) throws IOException {
    return program(data, logs, port, controllerPort, Map.of());
  }

  /**
   * The same with further ports, which clients reach by proxies.
   *
   * @param proxied for each of those ports the one that the broker tells its clients
   */
  public Program program(
      Path data, Path logs, int port, int controllerPort, Map<Integer, Integer> proxied)
      throws IOException {
    Path folder = Files.createDirectories(data.toAbsolutePath());
    Path files = folder.resolve("files");
    if (!Files.isDirectory(files)) {
      Cache.copyWhole(formatted, files);
    }
    Path properties = folder.resolve("server.properties");
    Files.writeString(properties, properties(files, port, controllerPort, proxied));
    List<String> command = new ArrayList<>(java());
    // Made when the node first ends well, used from then on: half the time and CPU of a start.
    command.add("-XX:+AutoCreateSharedArchive");
    command.add("-XX:SharedArchiveFile=" + classArchive);
    command.add("-Xlog:cds*=off,aot*=off"); // which classes it could not take
    command.add("-Dlogback.configurationFile=" + logging(folder));
    command.add("-Dkafka.logs.dir=" + logs.toAbsolutePath());
    command.add("kafka.Kafka");
    command.add(properties.toString());
    return new Program(
        "kafka",
        command,
        Map.of("CLASSPATH", classPath),
        folder,
        logs.toAbsolutePath().resolve("kafka.log"),
        Probe.kafka(port),
        port,
        START_LIMIT);
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-Dfile.encoding=UTF-8",
        "--sun-misc-unsafe-memory-access=allow");
  }

  private Path formatted(Path cache) throws IOException {
    return Cache.entry(
            cache,
            "kafka-data-" + version,
            1 << 20,
            folder -> {
              Path files = folder.resolve("files");
              Path properties = folder.resolve("server.properties");
              Files.writeString(properties, properties(files, 9092, 9093, Map.of()));
              List<String> command = new ArrayList<>(java());
              command.addAll(
                  List.of(
                      "-Dlogback.configurationFile=" + logging(folder),
                      "-cp",
                      classPath,
                      "kafka.tools.StorageTool",
                      "format",
                      "--cluster-id=" + CLUSTER_ID,
                      "--config=" + properties));
              Command.Outcome outcome = Command.run(FORMAT_LIMIT, command);
              if (!outcome.ok()) {
                throw new IOException("Kafka could not format its log folder: " + outcome.text());
              }
            })
        .resolve("files");
  }

  private static String properties(
      Path files, int port, int controllerPort, Map<Integer, Integer> proxied) throws IOException {
    StringBuilder listeners = new StringBuilder();
    StringBuilder advertised = new StringBuilder();
    StringBuilder protocols = new StringBuilder();
    proxied.forEach(
        (own, told) -> {
          listeners.append(",PROXIED_%d://127.0.0.1:%d".formatted(own, own));
          advertised.append(",PROXIED_%d://127.0.0.1:%d".formatted(own, told));
          protocols.append(",PROXIED_%d:PLAINTEXT".formatted(own));
        });
    return resource("kafka.properties")
        .replace("${more-listeners}", listeners)
        .replace("${more-advertised}", advertised)
        .replace("${more-protocols}", protocols)
        .replace("${files}", files.toString())
        .replace("${port}", Integer.toString(port))
        .replace("${controller-port}", Integer.toString(controllerPort));
  }

  private static Path logging(Path folder) throws IOException {
    Path file = folder.resolve("logback.xml");
    Files.writeString(file, resource("kafka-logback.xml"));
    return file;
  }

  private static String resource(String name) throws IOException {
    return Resources.text("servers/" + name);
  }
}
