package jangteo.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThrowawayServersTest {
  @TempDir Path all;

  @Test
  void whatAKilledTestRunLeftIsEndedByTheNextOne() throws Exception {
    ManagedProcess left = server(all.resolve("dead"));
    new PidFile(Long.MAX_VALUE, Instant.EPOCH).write(all.resolve("dead/owner"));
    ManagedProcess used = server(all.resolve("alive"));
    PidFile.of(ProcessHandle.current()).write(all.resolve("alive/owner"));

    try (ThrowawayServers next = ThrowawayServers.open(all, Progress.silent())) {
      await().until(() -> !left.isAlive());
      assertThat(all.resolve("dead")).doesNotExist();
      assertThat(used.isAlive()).isTrue();
    } finally {
      used.kill();
    }
  }

  @Test
  void whatTheTestsOfAKilledRunLeftIsEndedByTheNextOne() throws Exception {
    Process left = user(all.resolve("dead/ports.properties"));
    Files.createDirectories(all.resolve("dead"));
    new PidFile(Long.MAX_VALUE, Instant.EPOCH).write(all.resolve("dead/owner"));

    ThrowawayServers.open(all, Progress.silent()).close();

    await().until(() -> !left.isAlive());
    assertThat(all).isEmptyDirectory();
  }

  @Test
  void whatUsesTheServersEndsWithThem() throws Exception {
    ThrowawayServers servers = ThrowawayServers.open(all, Progress.silent());
    Process user = user(servers.ports());

    servers.close();

    await().until(() -> !user.isAlive());
  }

  private static Process user(Path ports) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sleep", "60");
    builder.environment().put(ThrowawayServers.NAMED, ports.toString());
    return builder.start();
  }

  @Test
  void closingEndsTheServersAndDeletesTheirData() throws Exception {
    ThrowawayServers servers = ThrowawayServers.open(all, Progress.silent());
    int port = servers.redis();
    assertThat(servers.redis()).isEqualTo(port);
    assertThat(Ports.isFree(port)).isFalse();

    servers.close();

    assertThat(Ports.isFree(port)).isTrue();
    assertThat(all).isEmptyDirectory();
    assertThatThrownBy(servers::redis).hasMessageContaining("closed");
  }

  private static ManagedProcess server(Path folder) throws IOException {
    Files.createDirectories(folder);
    return ManagedProcess.start(
        new Program(
            "part",
            List.of("sleep", "60"),
            Map.of(),
            folder,
            folder.resolve("part.log"),
            () -> true,
            0,
            Duration.ofSeconds(5)),
        folder.resolve("pids"));
  }
}
