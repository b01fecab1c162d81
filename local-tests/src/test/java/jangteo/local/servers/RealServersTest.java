package jangteo.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each real server: fresh start, a killed process, the same data again after the next start. */
class RealServersTest {
  private static final Duration GRACE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final Path cache = Cache.folder();
  private final Progress progress = line -> System.out.println("  " + line);
  private final int port = Ports.free(1).getFirst();
  private ManagedProcess running;

  /** Not in good order: Kafka would write its class archive for the next start. */
  @AfterEach
  void kill() {
    if (running != null) {
      running.kill();
    }
  }

  @Test
  void mariaDbKeepsACommittedRowThroughAKill() throws Exception {
    MariaDb mariaDb = MariaDb.locate(cache, progress);
    start(mariaDb.program(folder.resolve("mariadb"), folder, port));
    Schemas.create(port, "item_1");
    Schemas.create(port, "item_1");
    String url = "jdbc:mariadb://127.0.0.1:" + port + "/item_1";
    try (Connection owner = DriverManager.getConnection(url, "item_1_owner", "")) {
      owner.createStatement().execute("CREATE TABLE note (text VARCHAR(20) PRIMARY KEY)");
      assertThat(databases(owner)).containsExactlyInAnyOrder("information_schema", "item_1");
    }
    try (Connection item = DriverManager.getConnection(url, "item_1", "")) {
      item.createStatement().execute("INSERT INTO note VALUES ('장터'), ('a'), ('A')");
      assertThat(databases(item)).containsExactlyInAnyOrder("information_schema", "item_1");
    }

    killAndStartAgain();

    try (Connection item = DriverManager.getConnection(url, "item_1", "")) {
      var rows = item.createStatement().executeQuery("SELECT text FROM note WHERE text = '장터'");
      assertThat(rows.next()).isTrue();
    }
  }

  private static Set<String> databases(Connection connection) throws Exception {
    var names = new java.util.TreeSet<String>();
    var rows = connection.createStatement().executeQuery("SHOW DATABASES");
    while (rows.next()) {
      names.add(rows.getString(1));
    }
    return names;
  }

  @Test
  void aServicesUserMayChangeRowsAndNoTables() throws Exception {
    MariaDb mariaDb = MariaDb.locate(cache, progress);
    start(mariaDb.program(folder.resolve("mariadb"), folder, port));
    String url = "jdbc:mariadb://127.0.0.1:" + port + "/item";
    try (Connection root = Schemas.connect(port)) {
      // As a shop of before has it.
      root.createStatement().execute("CREATE DATABASE item");
      root.createStatement().execute("CREATE USER item@'127.0.0.1'");
      root.createStatement().execute("GRANT ALL PRIVILEGES ON item.* TO item@'127.0.0.1'");
    }
    Schemas.create(port, "item");

    try (Connection owner = DriverManager.getConnection(url, "item_owner", "")) {
      owner.createStatement().execute("CREATE TABLE note (text VARCHAR(20) PRIMARY KEY)");
    }
    try (Connection item = DriverManager.getConnection(url, "item", "")) {
      item.createStatement().execute("INSERT INTO note VALUES ('장터')");
      item.createStatement().execute("UPDATE note SET text = 'a'");
      item.createStatement().execute("DELETE FROM note");
      for (String more :
          List.of(
              "DROP TABLE note",
              "TRUNCATE TABLE note",
              "ALTER TABLE note ADD COLUMN n INT",
              "CREATE TABLE other (n INT)",
              "CREATE TRIGGER t BEFORE DELETE ON note FOR EACH ROW SET @x = 1",
              "CREATE USER me")) {
        assertThatThrownBy(() -> item.createStatement().execute(more))
            .as(more)
            .hasMessageContaining("denied");
      }
    }
  }

  @Test
  void mariaDbListensOnLoopbackAndLetsNobodyInWithoutAName() throws Exception {
    MariaDb mariaDb = MariaDb.locate(cache, progress);
    start(mariaDb.program(folder.resolve("mariadb"), folder, port));

    try (Connection root = Schemas.connect(port)) {
      var users = root.createStatement().executeQuery("SELECT user, host FROM mysql.user");
      while (users.next()) {
        assertThat(users.getString("user")).isNotEmpty();
        assertThat(users.getString("host")).isNotEqualTo("%");
      }
      var bound = root.createStatement().executeQuery("SELECT @@bind_address, @@collation_server");
      assertThat(bound.next()).isTrue();
      assertThat(bound.getString(1)).isEqualTo("127.0.0.1");
      assertThat(bound.getString(2)).isEqualTo("utf8mb4_bin");
    }
  }

  @Test
  void redisKeepsAnAnsweredWriteThroughAKill() throws Exception {
    Redis redis = Redis.locate(cache, progress);
    start(redis.program(folder.resolve("redis"), folder, port));
    assertThat(redis("SET jti blocked")).isEqualTo("+OK");

    killAndStartAgain();

    assertThat(redis("STRLEN jti")).isEqualTo(":7");
  }

  private String redis(String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[64];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, length, StandardCharsets.US_ASCII).strip();
    }
  }

  @Test
  void kafkaKeepsATopicThroughAKill() throws Exception {
    Kafka kafka = Kafka.locate(cache, progress);
    start(kafka.program(folder.resolve("kafka"), folder, port, Ports.free(1).getFirst()));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
      admin
          .createTopics(List.of(new NewTopic("orders", 4, (short) 1)))
          .all()
          .get(20, TimeUnit.SECONDS);
    }

    killAndStartAgain();

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
      assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).contains("orders");
    }
  }

  @Test
  void kafkaOfANamedFolderIsUsedInsteadOfTheEmbeddedOne() throws Exception {
    Path home = Files.createDirectories(folder.resolve("kafka_2.13-4/libs")).getParent();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.endsWith(".jar")) {
        Path jar = Path.of(entry);
        Files.createSymbolicLink(home.resolve("libs").resolve(jar.getFileName()), jar);
      }
    }

    Kafka kafka =
        Kafka.locate(Map.of("JANGTEO_KAFKA", home.toString()), folder.resolve("cache"), progress);
    Program program =
        kafka.program(folder.resolve("kafka"), folder, port, Ports.free(1).getFirst());
    start(program);

    assertThat(kafka.origin()).isEqualTo("JANGTEO_KAFKA=" + home);
    assertThat(program.environment()).containsEntry("CLASSPATH", home.resolve("libs") + "/*");
  }

  @Test
  void mongoIsAPrimaryAndKeepsAMajorityWriteThroughAKill() throws Exception {
    Mongo mongo = Mongo.locate(cache, progress);
    start(mongo.program(folder.resolve("mongo"), folder, port));
    String uri = "mongodb://127.0.0.1:" + port + "/?replicaSet=" + Mongo.REPLICA_SET;
    try (MongoClient client = MongoClients.create(uri)) {
      client
          .getDatabase("search")
          .withWriteConcern(com.mongodb.WriteConcern.MAJORITY)
          .getCollection("products")
          .insertOne(new Document("_id", 1).append("name", "김치"));
    }

    killAndStartAgain();

    try (MongoClient client = MongoClients.create(uri)) {
      var products = client.getDatabase("search").getCollection("products");
      assertThat(products.find(new Document("name", "김치")).first()).isNotNull();
    }
  }

  @Test
  void mongoFollowsItsDataToAnotherPort() throws Exception {
    Mongo mongo = Mongo.locate(cache, progress);
    start(mongo.program(folder.resolve("mongo"), folder, port));
    String uri = "mongodb://127.0.0.1:%d/?replicaSet=" + Mongo.REPLICA_SET;
    try (MongoClient client = MongoClients.create(uri.formatted(port))) {
      client.getDatabase("search").getCollection("products").insertOne(new Document("_id", 1));
    }
    running.stop(GRACE);

    int other = Ports.free(1).getFirst();
    start(mongo.program(folder.resolve("mongo"), folder, other));

    try (MongoClient client = MongoClients.create(uri.formatted(other))) {
      assertThat(client.getDatabase("search").getCollection("products").countDocuments())
          .isEqualTo(1);
    }
  }

  private void start(Program program) throws Exception {
    running = ManagedProcess.start(program, folder.resolve("pids"));
    Duration took = running.awaitReady();
    System.out.printf("%s ready after %d ms%n", program.name(), took.toMillis());
  }

  private void killAndStartAgain() throws Exception {
    running.kill();
    assertThat(running.isAlive()).isFalse();
    start(running.program());
  }
}
