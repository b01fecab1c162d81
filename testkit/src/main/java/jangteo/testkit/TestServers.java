package jangteo.testkit;

import jangteo.local.servers.Mongo;
import jangteo.local.servers.Schemas;
import jangteo.local.servers.ThrowawayServers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.random.RandomGenerator;

/**
 * Real servers for tests, one of each kind, shared by all tests; each caller gets a place of its
 * own on them. They are those that the environment variable {@code JANGTEO_TEST_SERVERS} names (a
 * properties file with {@code mariadb.port}, {@code redis.port}, {@code kafka.port}, {@code
 * mongodb.port}: {@code ./jangteo test} writes it), else each is started on a free port when it is
 * first asked for, and ends with this JVM.
 */
public final class TestServers {
  private static final String NAMED = ThrowawayServers.NAMED;
  private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

  /** How many databases {@code jangteo.local.servers.Redis} is started with. */
  private static final int REDIS_DATABASES = 1024;

  private TestServers() {}

  /**
   * A fresh, empty schema with its own users.
   *
   * @param name the service's name: at most 16 lower-case letters, digits and {@code _}
   */
  public static DatabaseAddress database(String name) {
    int port = port("mariadb");
    String schema = name + "_" + fresh();
    try {
      Schemas.create(port, schema);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make the schema " + schema, e);
    }
    return new DatabaseAddress(
        "jdbc:mariadb://127.0.0.1:" + port + "/" + schema, schema, Schemas.owner(schema), "");
  }

  /** Kafka's bootstrap address, {@code host:port}. Use it with a {@link #prefix()}. */
  public static String kafka() {
    return "127.0.0.1:" + port("kafka");
  }

  /** A fresh prefix for topics, groups and transactional ids, ending with {@code -}. */
  public static String prefix() {
    return fresh() + "-";
  }

  /** The URI of a fresh database; its name starts with the given one. */
  public static String mongo(String name) {
    return "mongodb://127.0.0.1:%d/%s_%s?replicaSet=%s"
        .formatted(port("mongodb"), name, fresh(), Mongo.REPLICA_SET);
  }

  /** The URI of one of Redis' databases, picked at random from a thousand. */
  public static String redis() {
    return "redis://127.0.0.1:%d/%d".formatted(port("redis"), RANDOM.nextInt(REDIS_DATABASES));
  }

  /**
   * The address of a stripe-mock of this JVM's own.
   *
   * @throws jangteo.local.servers.MissingPartException on a machine without Go, which builds it
   */
  public static String stripeMock() {
    return "http://127.0.0.1:" + Own.port("stripe-mock");
  }

  private static String fresh() {
    return "t" + Long.toString(RANDOM.nextLong(1L << 40), 36).toLowerCase(Locale.ROOT);
  }

  private static int port(String server) {
    Optional<Integer> named = Named.port(server);
    return named.isPresent() ? named.get() : Own.port(server);
  }

  /** The servers that the environment names. */
  private static final class Named {
    private static final Optional<Properties> PORTS =
        Optional.ofNullable(System.getenv(NAMED)).filter(file -> !file.isBlank()).map(Named::read);

    static Optional<Integer> port(String server) {
      return PORTS.map(ports -> Integer.valueOf(ports.getProperty(server + ".port")));
    }

    private static Properties read(String file) {
      Properties ports = new Properties();
      try (InputStream content = Files.newInputStream(Path.of(file))) {
        ports.load(content);
        return ports;
      } catch (IOException e) {
        throw new UncheckedIOException(NAMED + "=" + file, e);
      }
    }
  }

  /** The servers of this JVM. */
  private static final class Own {
    private static final ThrowawayServers SERVERS = open();

    static int port(String server) {
      try {
        return switch (server) {
          case "mariadb" -> SERVERS.mariaDb();
          case "redis" -> SERVERS.redis();
          case "kafka" -> SERVERS.kafka();
          case "mongodb" -> SERVERS.mongo();
          case "stripe-mock" -> SERVERS.stripeMock();
          default -> throw new IllegalArgumentException(server);
        };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while " + server + " was starting", e);
      }
    }

    private static ThrowawayServers open() {
      try {
        ThrowawayServers servers = ThrowawayServers.open(System.err::println);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> close(servers)));
        return servers;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void close(ThrowawayServers servers) {
      try {
        servers.close();
      } catch (IOException e) {
        System.err.println("The test servers' folder stays: " + e);
      }
    }
  }
}
