package jangteo.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What a run leaves on disk about a child, so that a later run can end it: the process id and the
 * instant the process was started. An id alone may belong to a stranger by then.
 *
 * @param pid the process id
 * @param startedAt when the process was started, as the operating system tells it
 */
record PidFile(long pid, Instant startedAt) {
  /** The system derives start times from its boot time, which moves a little with the clock. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static PidFile of(ProcessHandle process) {
    return new PidFile(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The file's content, or nothing when there is no file or it is not one of ours. */
  static Optional<PidFile> read(Path file) throws IOException {
    try {
      String[] lines = Files.readString(file).split("\n", -1);
      return lines.length < 2
          ? Optional.empty()
          : Optional.of(new PidFile(Long.parseLong(lines[0]), Instant.parse(lines[1])));
    } catch (NoSuchFileException | NumberFormatException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  void write(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(aside, pid + "\n" + startedAt + "\n");
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The process that was written down, when it still runs. */
  Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) < 0)
                    .orElse(false));
  }
}
