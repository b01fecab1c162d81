package jangteo.local.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes that have inherited a variable of this value, and those that these have started:
 * all that came of one run, also what leads a session of its own and whose parent has ended. The
 * children count, because a program may write over its environment (Redis does). Where there is no
 * {@code /proc} none are found.
 *
 * @param variable the variable's name
 * @param value what marks this run and no other
 */
record MarkedProcesses(String variable, String value) {
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Those that run now, this process apart. */
  List<ProcessHandle> running() {
    return ProcessHandle.allProcesses()
        .filter(this::isMarked)
        .flatMap(marked -> Stream.concat(Stream.of(marked), marked.descendants()))
        .filter(process -> !process.equals(ProcessHandle.current()))
        .distinct()
        .toList();
  }

  private boolean isMarked(ProcessHandle process) {
    Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
    try {
      String variables = new String(Files.readAllBytes(environment), StandardCharsets.UTF_8);
      return Stream.of(variables.split("\0", -1)).anyMatch((variable + "=" + value)::equals);
    } catch (IOException e) {
      return false; // it has just ended, or is another user's
    }
  }

  /**
   * Ends them all, also those that they start meanwhile: SIGTERM, after the grace SIGKILL.
   *
   * @throws IllegalStateException when one does not end on SIGKILL
   */
  void end(Duration grace) {
    List<ProcessHandle> asked = running();
    asked.forEach(ProcessHandle::destroy);
    long over = System.nanoTime() + grace.toNanos();
    asked.forEach(each -> ManagedProcess.ended(each, Duration.ofNanos(over - System.nanoTime())));
    long limit = System.nanoTime() + KILL_LIMIT.toNanos();
    for (var left = running(); !left.isEmpty(); left = running()) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("processes " + left + " do not end on SIGKILL");
      }
      left.forEach(ProcessHandle::destroyForcibly);
      left.forEach(each -> ManagedProcess.ended(each, LOOK));
    }
  }
}
