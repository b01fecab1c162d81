package jangteo.local.verbs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What {@link InterruptedTestRunTest} runs and interrupts; its name keeps it out of other runs. */
class EndlessRun {

  /** Both out of reach of a terminal; the parent of one is gone when the script has ended. */
  private static final String SCRIPT =
      """
      setsid sleep 600 &
      echo $! >>target/pids.new
      """;

  @Test
  void startsProcessesAndDoesNotEnd() throws Exception {
    Process child = new ProcessBuilder("setsid", "sleep", "600").start();
    Path pids = Path.of("target", "pids.new");
    Files.writeString(pids, child.pid() + "\n");
    new ProcessBuilder("sh", "-c", SCRIPT).start().waitFor();
    Files.move(pids, Path.of("target", "pids"));
    new CountDownLatch(1).await();
  }
}
