package jangteo.local.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jangteo.local.servers.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's life as its user sees it, on real servers; few of them, so that it is quick. */
class LauncherTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path state;

  @AfterEach
  void down() throws Exception {
    LauncherProcess.run(state, "down");
  }

  private LauncherProcess up(String parts, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("up", "--free-ports", "--only=" + parts));
    words.addAll(List.of(more));
    return LauncherProcess.start(state, words.toArray(String[]::new));
  }

  private void awaitUp(LauncherProcess foreground) {
    await().atMost(LIMIT).until(() -> foreground.text().contains("The shop is up after"));
  }

  private JsonNode status() throws Exception {
    return new ObjectMapper().readTree(LauncherProcess.run(state, "status", "--json").text());
  }

  private int port(String name) throws IOException {
    Properties ports = new Properties();
    try (var reader = Files.newBufferedReader(state.resolve("ports.properties"))) {
      ports.load(reader);
    }
    return Integer.parseInt(ports.getProperty(name));
  }

  @Test
  void detachReturnsWhenEveryPartIsReadyAndDownEndsAll() throws Exception {
    LauncherProcess up = up("redis", "--detach");
    assertThat(up.exitCode()).as(up.text()).isZero();
    assertThat(up.text()).contains("redis", "ready", "The shop is up", "admin@jangteo.local");

    JsonNode redis = status().get(0);
    assertThat(redis.get("state").asText()).isEqualTo("READY");
    assertThat(redis.get("rssKib").asLong()).isPositive();

    assertThat(LauncherProcess.run(state, "down").exitCode()).isZero();
    assertThat(ProcessHandle.of(redis.get("pid").asLong())).isEmpty();
    assertThat(LauncherProcess.run(state, "status").onlyLine())
        .isEqualTo("jangteo: The shop is not up; ./jangteo up starts it.");
  }

  @Test
  void aFuzzingOfNoRequestsIsRefusedInOneLine() throws Exception {
    LauncherProcess fuzz = LauncherProcess.run(state, "fuzz", "--requests", "0");

    assertThat(fuzz.exitCode()).isEqualTo(1);
    assertThat(fuzz.onlyLine()).isEqualTo("jangteo: --requests takes a number of 1 and more.");
  }

  @Test
  void aSecondUpIsRefusedInOneLine() throws Exception {
    assertThat(up("redis", "--detach").exitCode()).isZero();
    LauncherProcess second = up("redis");
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.onlyLine()).startsWith("jangteo: The shop is up already");
    assertThat(status().get(0).get("state").asText()).isEqualTo("READY");
  }

  @Test
  void whatWasKilledStaysDownUntilStart() throws Exception {
    assertThat(up("redis", "--detach").exitCode()).isZero();
    assertThat(LauncherProcess.run(state, "kill", "redis").exitCode()).isZero();
    assertThat(status().get(0).get("state").asText()).isEqualTo("DOWN");
    assertThat(LauncherProcess.run(state, "start", "redis").exitCode()).isZero();
    assertThat(status().get(0).get("state").asText()).isEqualTo("READY");
    LauncherProcess unknown = LauncherProcess.run(state, "stop", "nobody");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.onlyLine()).contains("no part called nobody");
  }

  @Test
  void aTakenPortIsOneLine() throws Exception {
    try (Occupied gateway = Occupied.port(8080)) {
      LauncherProcess up = LauncherProcess.run(state, "up", "--only=gateway");
      assertThat(up.exitCode()).isEqualTo(1);
      assertThat(up.text().lines().toList().getLast())
          .startsWith("jangteo: Port " + gateway.number() + ", which gateway needs, is taken");
    }
  }

  /** A port that somebody listens on: this test, or whoever had it before. */
  private record Occupied(int number, Optional<ServerSocket> own) implements AutoCloseable {
    static Occupied port(int number) throws IOException {
      return Ports.isFree(number)
          ? new Occupied(
              number, Optional.of(new ServerSocket(number, 1, InetAddress.getLoopbackAddress())))
          : new Occupied(number, Optional.empty());
    }

    @Override
    public void close() throws IOException {
      if (own.isPresent()) {
        own.get().close();
      }
    }
  }

  @Test
  void ctrlCEndsEveryPart() throws Exception {
    LauncherProcess foreground = up("redis,mariadb");
    awaitUp(foreground);
    List<Long> pids = status().findValues("pid").stream().map(JsonNode::asLong).toList();
    assertThat(pids).hasSize(2);

    new ProcessBuilder("kill", "-INT", Long.toString(foreground.process().pid())).start().waitFor();

    assertThat(foreground.exitCode()).isEqualTo(130);
    assertThat(pids).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
    assertThat(foreground.text()).contains("The shop is down; its data stays.");
  }

  @Test
  void afterKillNineTheNextUpEndsWhatWasLeftAndTheDataIsIntact() throws Exception {
    LauncherProcess first = up("mariadb");
    awaitUp(first);
    long left = status().get(0).get("pid").asLong();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE item.kept (word VARCHAR(20))");
      statement.execute("INSERT INTO item.kept VALUES ('장터')");
    }

    first.process().destroyForcibly().waitFor();
    assertThat(ProcessHandle.of(left)).isPresent();

    LauncherProcess second = up("mariadb", "--detach");
    assertThat(second.exitCode()).as(second.text()).isZero();
    assertThat(second.text()).contains("Ended what an earlier run left behind: mariadb.");
    assertThat(ProcessHandle.of(left)).isEmpty();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT word FROM item.kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("장터");
    }
  }

  private Connection connect() throws IOException, SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port("mariadb") + "/item?user=item_owner");
  }
}
