package jangteo.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProcessTest {
  private static final Duration GRACE = Duration.ofSeconds(5);

  @TempDir Path folder;
  private final List<ManagedProcess> started = new ArrayList<>();

  @AfterEach
  void killAll() {
    started.forEach(ManagedProcess::kill);
  }

  @Test
  void waitsUntilTheProbeSaysReady() throws Exception {
    Path flag = folder.resolve("flag");
    ManagedProcess process =
        start("sleep 0.3; touch flag; exec sleep 60", () -> Files.exists(flag), 10);

    process.awaitReady();

    assertThat(flag).exists();
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void aProcessThatDiesIsToldWithItsLastWordsOfThisStart() throws Exception {
    Files.writeString(folder.resolve("part.log"), "an older complaint\n");
    ManagedProcess process = start("echo starting; echo 디스크 full >&2; exit 3", () -> false, 10);

    assertThatThrownBy(process::awaitReady)
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("part ended with exit code 3")
        .hasMessageEndingWith("  starting\n  디스크 full")
        .message()
        .doesNotContain("older");
  }

  @Test
  void aProcessThatIsNotReadyInTimeIsToldWithTheProbesReason() throws Exception {
    ManagedProcess process =
        start(
            "exec sleep 60",
            () -> {
              throw new IOException("connection refused");
            },
            1);

    assertThatThrownBy(process::awaitReady)
        .isInstanceOf(StartFailedException.class)
        .hasMessageContaining("not ready within 1 s (connection refused)");
  }

  @Test
  void aJvmThatIsNotReadyInTimeSaysWhatItsThreadsWaitFor() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path source = folder.resolve("Waits.java");
    Files.writeString(
        source,
        """
        void main() throws Exception {
          IO.println("waits");
          Thread.sleep(60_000);
        }
        """);
    ManagedProcess process =
        start("part", List.of(java.toString(), source.toString()), () -> false, 4);

    assertThatThrownBy(process::awaitReady).isInstanceOf(StartFailedException.class);

    await()
        .untilAsserted(
            () -> assertThat(folder.resolve("part.log")).content().contains("\"main\" #"));
  }

  @Test
  void isAskedToEndBeforeItIsKilled() throws Exception {
    Path trapped = folder.resolve("trapped");
    ManagedProcess willing =
        start(
            "trap 'touch trapped; exit 0' TERM; touch up; while :; do sleep 0.05; done",
            () -> Files.exists(folder.resolve("up")),
            10);
    willing.awaitReady();

    assertThat(willing.stop(GRACE)).isTrue();
    assertThat(trapped).exists();
    assertThat(willing.exitCode()).hasValue(0);
  }

  @Test
  void isKilledWhenTheGraceIsOver() throws Exception {
    ManagedProcess stubborn =
        start(
            "trap '' TERM; touch up; while :; do sleep 0.05; done",
            () -> Files.exists(folder.resolve("up")),
            10);
    stubborn.awaitReady();

    assertThat(stubborn.stop(Duration.ofMillis(300))).isFalse();
    assertThat(stubborn.exitCode()).hasValue(128 + 9);
    assertThat(folder.resolve("pids/part.pid")).doesNotExist();
  }

  @Test
  void leadsASessionOfItsOwnSoThatTheTerminalDoesNotReachIt() throws Exception {
    ManagedProcess process = start("exec sleep 60", () -> true, 10);

    Command.Outcome session =
        Command.run(GRACE, List.of("ps", "-o", "sid=", "-p", Long.toString(process.pid())));

    assertThat(session.text().strip()).isEqualTo(Long.toString(process.pid()));
  }

  @Test
  void aLaterRunEndsWhatWasLeft() throws Exception {
    ManagedProcess left = start("exec sleep 60", () -> true, 10);

    assertThat(ManagedProcess.endLeftovers(pids(), GRACE)).containsExactly("part");

    await().until(() -> !left.isAlive());
    assertThat(pids()).isEmptyDirectory();
  }

  @Test
  void whatWasLeftIsEndedAllAtTheSameTime() throws Exception {
    String waitsForTheOther =
        "trap 'touch %1$s; while [ ! -e %2$s ]; do sleep 0.02; done; touch %1$s.graceful; exit' TERM;"
            + " touch %1$s.ready; while true; do sleep 0.02; done";
    startAndAwait("a", waitsForTheOther.formatted("a", "b"));
    startAndAwait("b", waitsForTheOther.formatted("b", "a"));

    assertThat(ManagedProcess.endLeftovers(pids(), Duration.ofSeconds(30)))
        .containsExactly("a", "b");

    assertThat(folder.resolve("a.graceful")).exists();
    assertThat(folder.resolve("b.graceful")).exists();
  }

  @Test
  void aStrangerWhoGotTheSameProcessIdIsLeftAlone() throws Exception {
    ManagedProcess stranger = start("exec sleep 60", () -> true, 10);
    Instant before = stranger.startedAt().orElseThrow().minusSeconds(60);
    new PidFile(stranger.pid(), before).write(pids().resolve("part.pid"));

    assertThat(ManagedProcess.endLeftovers(pids(), GRACE)).isEmpty();

    assertThat(stranger.isAlive()).isTrue();
    assertThat(pids()).isEmptyDirectory();
  }

  @Test
  void aDamagedPidFileIsNoReasonToFail() throws Exception {
    Files.createDirectories(pids());
    Files.writeString(pids().resolve("part.pid"), "not a number");

    assertThat(ManagedProcess.endLeftovers(pids(), GRACE)).isEmpty();
  }

  @Test
  void aLargeLogIsPutAside() throws Exception {
    Path log = folder.resolve("part.log");
    Files.write(log, new byte[21 << 20]);

    start("echo fresh; exec sleep 60", () -> true, 10);

    assertThat(folder.resolve("part.log.1")).hasSize(21 << 20);
    await().untilAsserted(() -> assertThat(log).hasContent("fresh"));
  }

  private void startAndAwait(String name, String script) throws Exception {
    start(name, script, () -> Files.exists(folder.resolve(name + ".ready")), 10).awaitReady();
  }

  private Path pids() {
    return folder.resolve("pids");
  }

  private ManagedProcess start(String script, Probe ready, int limitSeconds) throws IOException {
    return start("part", script, ready, limitSeconds);
  }

  private ManagedProcess start(String name, String script, Probe ready, int limitSeconds)
      throws IOException {
    return start(name, List.of("sh", "-c", script), ready, limitSeconds);
  }

  private ManagedProcess start(String name, List<String> command, Probe ready, int limitSeconds)
      throws IOException {
    Program program =
        new Program(
            name,
            command,
            Map.of(),
            folder,
            folder.resolve(name + ".log"),
            ready,
            0,
            Duration.ofSeconds(limitSeconds));
    ManagedProcess process = ManagedProcess.start(program, pids());
    started.add(process);
    return process;
  }
}
