package jangteo.bench;

import jangteo.local.servers.Cache;
import jangteo.local.servers.ManagedProcess;
import jangteo.local.servers.Mongo;
import jangteo.local.servers.Ports;
import jangteo.local.servers.Program;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A MongoDB and a search service of the bench's own, each in a process of its own; the data stay
 * between runs. Search has no Kafka and no key to check tokens by: nobody logs in.
 */
final class SearchServers implements AutoCloseable {

  private static final String DATABASE = "bench";

  /** Always the same: it is in the data of a replica set. */
  private static final int MONGO_PORT = 17117;

  private static final Duration STARTS = Duration.ofMinutes(2);
  private static final Duration STOPS = Duration.ofSeconds(60);

  private final Path folder;
  private final ManagedProcess mongo;
  private final List<Integer> ports = Ports.free(3);
  private Process search;

  private SearchServers(Path folder, ManagedProcess mongo, Process search) {
    this.folder = folder;
    this.mongo = mongo;
    this.search = search;
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::end));
  }

  /**
   * Starts MongoDB; one that a killed run has left behind is ended first.
   *
   * @param folder where its data are
   * @param cache what it may keep in memory, in GiB
   */
  static SearchServers mongo(Path folder, double cache) throws IOException, InterruptedException {
    ManagedProcess.endLeftovers(folder.resolve("pids"), STOPS);
    Program program =
        Mongo.locate(Cache.folder(), System.out::println)
            .program(folder.resolve("data"), folder, MONGO_PORT);
    List<String> command =
        program.command().stream()
            .map(
                part ->
                    part.startsWith("--wiredTigerCacheSizeGB")
                        ? "--wiredTigerCacheSizeGB=" + cache
                        : part)
            .toList();
    ManagedProcess mongo =
        ManagedProcess.start(
            new Program(
                program.name(),
                command,
                program.environment(),
                program.directory(),
                program.log(),
                program.ready(),
                program.port(),
                program.startLimit()),
            folder.resolve("pids"));
    mongo.awaitReady();
    return new SearchServers(folder, mongo, new ProcessBuilder("true").start());
  }

  /** The database's address. */
  String uri() {
    return "mongodb://127.0.0.1:%d/%s?replicaSet=%s"
        .formatted(mongo.program().port(), DATABASE, Mongo.REPLICA_SET);
  }

  /** Starts search over the database, as it is compiled for a server. */
  void startSearch() throws IOException, InterruptedException {
    Path module = Path.of(System.getProperty("jangteo.root"), "search", "target");
    String classpath =
        module.resolve("classes")
            + File.pathSeparator
            + Files.readString(module.resolve("classpath")).strip();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dfile.encoding=UTF-8",
            "-cp",
            classpath,
            "jangteo.search.Main");
    builder.environment().put("MONGO_URI", uri());
    builder.environment().put("SERVER_PORT", Integer.toString(ports.get(0)));
    builder.environment().put("ADMIN_PORT", Integer.toString(ports.get(1)));
    builder.environment().put("GRPC_PORT", Integer.toString(ports.get(2)));
    builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    builder.environment().put("SECURITY_JWKS_URL", "http://127.0.0.1:1/");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("search.log").toFile());
    search = builder.start();
    awaitSearch();
  }

  private void awaitSearch() throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(rest().resolve("/api/v1/products?size=1")).build();
    Instant end = Instant.now().plus(STARTS);
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (true) {
        try {
          if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException notYet) {
          // It is still starting.
        }
        if (!search.isAlive() || Instant.now().isAfter(end)) {
          throw new IllegalStateException("search did not start: " + folder.resolve("search.log"));
        }
        Thread.sleep(100);
      }
    }
  }

  /** Where search serves REST. */
  URI rest() {
    return URI.create("http://127.0.0.1:" + ports.get(0));
  }

  /** The port of gRPC. */
  int grpcPort() {
    return ports.get(2);
  }

  /** What both have cost so far. */
  Costs costs() {
    return Costs.of(Map.of("mongodb", mongo.pid(), "search", search.pid()));
  }

  /** How much memory both have, in MiB. */
  String memory() throws IOException {
    return "mongodb %d MiB, search %d MiB".formatted(resident(mongo.pid()), resident(search.pid()));
  }

  private static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .sum();
  }

  @Override
  public void close() {
    end();
  }

  private synchronized void end() {
    search.destroy();
    search.onExit().join();
    if (mongo.isAlive()) {
      mongo.stop(STOPS);
    }
  }
}
