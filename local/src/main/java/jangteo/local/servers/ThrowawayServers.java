package jangteo.local.servers;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Real servers for tests: on free ports, in a temporary folder, each started when it is first asked
 * for, killed and deleted at the end, and with them every process that {@link #NAMED} told of them.
 * What a killed test run left behind is ended by the next one.
 */
public final class ThrowawayServers implements AutoCloseable {
  /** The variable that names the file with the servers' ports to all that uses them. */
  public static final String NAMED = "JANGTEO_TEST_SERVERS";

  private static final String OWNER = "owner";
  private static final Duration NO_GRACE = Duration.ZERO;

  /** What uses the servers deletes its own temporary files, if it is quick. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Path folder;
  private final Path cache = Cache.folder();
  private final Progress progress;
  private final Object starting = new Object();
  private final Map<String, ManagedProcess> running = new ConcurrentHashMap<>();
  private boolean closed;

  private ThrowawayServers(Path folder, Progress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /** Ends what dead owners left behind and makes a folder for this process; starts nothing yet. */
  public static ThrowawayServers open(Progress progress) throws IOException {
    String user = System.getProperty("user.name");
    return open(Path.of(System.getProperty("java.io.tmpdir"), "jangteo-servers-" + user), progress);
  }

  static ThrowawayServers open(Path all, Progress progress) throws IOException {
    Files.createDirectories(all);
    endOrphans(all);
    Path own = Files.createTempDirectory(all, "");
    PidFile.of(ProcessHandle.current()).write(own.resolve(OWNER));
    return new ThrowawayServers(own, progress);
  }

  private static void endOrphans(Path all) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
      for (Path each : folders) {
        var owner = PidFile.read(each.resolve(OWNER));
        if (owner.isPresent() && owner.get().running().isEmpty()) {
          users(each).end(NO_GRACE);
          ManagedProcess.endLeftovers(each.resolve("pids"), NO_GRACE);
          Cache.delete(each);
        }
      }
    }
  }

  /** MariaDB's port. */
  public int mariaDb() throws IOException, InterruptedException {
    return port(
        "mariadb",
        data -> MariaDb.locate(cache, progress).program(data, folder, Ports.free(1).getFirst()));
  }

  /** Redis' port. */
  public int redis() throws IOException, InterruptedException {
    return port(
        "redis",
        data -> Redis.locate(cache, progress).program(data, folder, Ports.free(1).getFirst()));
  }

  /** Kafka's port. */
  public int kafka() throws IOException, InterruptedException {
    List<Integer> ports = Ports.free(2);
    return port(
        "kafka",
        data ->
            Kafka.locate(cache, progress).program(data, folder, ports.getFirst(), ports.getLast()));
  }

  /** MongoDB's port; its replica set is {@link Mongo#REPLICA_SET}. */
  public int mongo() throws IOException, InterruptedException {
    return port(
        "mongodb",
        data -> Mongo.locate(cache, progress).program(data, folder, Ports.free(1).getFirst()));
  }

  /** The port of stripe-mock. */
  public int stripeMock() throws IOException, InterruptedException {
    return port(
        "stripe-mock",
        data -> StripeMock.locate(cache, progress).program(data, folder, Ports.free(1).getFirst()));
  }

  /**
   * Starts every server that all services share.
   *
   * @return a file that tells their ports, as {@code mariadb.port}, {@code redis.port}, {@code
   *     kafka.port} and {@code mongodb.port}; whoever is to use them gets its name by {@link
   *     #NAMED}
   */
  public Path startAll() throws IOException, InterruptedException {
    Properties ports = new Properties();
    ports.setProperty("redis.port", Integer.toString(redis()));
    ports.setProperty("mongodb.port", Integer.toString(mongo()));
    ports.setProperty("mariadb.port", Integer.toString(mariaDb()));
    ports.setProperty("kafka.port", Integer.toString(kafka()));
    try (Writer writer = Files.newBufferedWriter(ports())) {
      ports.store(writer, "the servers of a test run");
    }
    return ports();
  }

  Path ports() {
    return ports(folder);
  }

  private static Path ports(Path folder) {
    return folder.resolve("ports.properties");
  }

  private static MarkedProcesses users(Path folder) {
    return new MarkedProcesses(NAMED, ports(folder).toString());
  }

  /** Prepares a data folder and says how to run a server on it. */
  @FunctionalInterface
  private interface Preparation {
    Program on(Path data) throws IOException;
  }

  private int port(String name, Preparation preparation) throws IOException, InterruptedException {
    synchronized (starting) {
      ManagedProcess process = running.get(name);
      if (process == null) {
        process = start(name, preparation.on(folder.resolve(name)));
        process.awaitReady();
      }
      return process.program().port();
    }
  }

  private ManagedProcess start(String name, Program program) throws IOException {
    synchronized (running) {
      if (closed) {
        throw new IllegalStateException("the test servers are closed");
      }
      ManagedProcess process = ManagedProcess.start(program, folder.resolve("pids"));
      running.put(name, process);
      return process;
    }
  }

  /**
   * Ends every process that was told of the servers, kills the servers, also one that is still
   * starting, and deletes their data. Harmless when it is done already.
   */
  @Override
  public synchronized void close() throws IOException {
    List<ManagedProcess> all;
    synchronized (running) {
      closed = true;
      all = List.copyOf(running.values());
      running.clear();
    }
    users(folder).end(GRACE);
    all.forEach(ManagedProcess::kill);
    Cache.delete(folder);
  }
}
