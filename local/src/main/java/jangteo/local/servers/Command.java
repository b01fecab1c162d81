package jangteo.local.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short-lived program that is run to its end. */
public final class Command {
  private Command() {}

  /**
   * How it ended.
   *
   * @param exitCode 0 when all went well
   * @param text standard output and standard error, as they came
   */
  public record Outcome(int exitCode, String text) {
    /** Whether it ended well. */
    public boolean ok() {
      return exitCode == 0;
    }

    /** The last line that says something. */
    public String lastLine() {
      return text.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("");
    }
  }

  /**
   * Runs the command.
   *
   * @throws IOException when it cannot be started or does not end within the limit
   */
  public static Outcome run(Duration limit, List<String> command) throws IOException {
    Path output = Files.createTempFile("jangteo-command", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      if (!ended(process, limit)) {
        process.destroyForcibly();
        throw new IOException(command.getFirst() + " did not end within " + limit);
      }
      return new Outcome(process.exitValue(), text(output));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static String text(Path output) throws IOException {
    return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
  }

  private static boolean ended(Process process, Duration limit) throws IOException {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
