package jangteo.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedProcessesTest {
  private static final String VARIABLE = "JANGTEO_MARK";
  private static final Duration GRACE = Duration.ofSeconds(5);

  @TempDir Path folder;

  private MarkedProcesses marked(String value) {
    return new MarkedProcesses(VARIABLE, folder.resolve(value).toString());
  }

  @AfterEach
  void endAll() {
    marked("mine").end(Duration.ZERO);
    marked("another").end(Duration.ZERO);
  }

  @Test
  void whatLeadsASessionOfItsOwnAndHasLostItsParentIsEnded() throws Exception {
    ProcessHandle orphan = start("mine", "setsid sleep 60 & echo $! > pid");
    await().until(() -> marked("mine").running().equals(List.of(orphan)));

    marked("mine").end(GRACE);

    assertThat(orphan.isAlive()).isFalse();
    assertThat(marked("mine").running()).isEmpty();
  }

  @Test
  void whatHasLostTheMarkIsEndedWithItsParent() throws Exception {
    ProcessHandle child = start("mine", "env -i sleep 60 & echo $! > pid; wait");

    marked("mine").end(GRACE);

    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void whatDoesNotHeedSigtermIsKilledWhenTheGraceIsOver() throws Exception {
    ProcessHandle stubborn = start("mine", "trap '' TERM; echo $$ > pid; exec sleep 60");

    marked("mine").end(Duration.ofMillis(300));

    assertThat(stubborn.isAlive()).isFalse();
  }

  @Test
  void whatHasAnotherMarkIsLeftAlone() throws Exception {
    ProcessHandle stranger = start("another", "echo $$ > pid; exec sleep 60");

    marked("mine").end(GRACE);

    assertThat(stranger.isAlive()).isTrue();
  }

  /** Runs the script, which writes the id of the process that matters. */
  private ProcessHandle start(String mark, String script) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", script)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put(VARIABLE, marked(mark).value());
    builder.start();
    Path pid = folder.resolve("pid");
    await().until(() -> Files.exists(pid) && Files.readString(pid).endsWith("\n"));
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
  }
}
