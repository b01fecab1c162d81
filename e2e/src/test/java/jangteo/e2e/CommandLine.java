package jangteo.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The launcher as its users call it, each verb in a JVM of its own.
 *
 * @param checkout what is built
 * @param state the shop's folder
 */
record CommandLine(Path checkout, Path state) {
  private static final int START_MINUTES = 6;

  private record Outcome(int exitCode, String text) {}

  /** Runs a verb that has to succeed. Returns what it said. */
  String succeed(String... words) {
    Outcome outcome = outcome(words);
    if (outcome.exitCode() != 0) {
      throw new AssertionError(String.join(" ", words) + " failed:\n" + outcome.text());
    }
    return outcome.text();
  }

  /** Runs a verb that has to fail. Returns what it said. */
  String fail(String... words) {
    Outcome outcome = outcome(words);
    if (outcome.exitCode() <= 0) {
      throw new AssertionError(String.join(" ", words) + " did not fail:\n" + outcome.text());
    }
    return outcome.text();
  }

  /** Runs a verb, whatever comes of it. */
  void run(String... words) {
    outcome(words);
  }

  private Outcome outcome(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Dlogback.configurationFile=jangteo/local/logging.xml",
                "-Djangteo.root=" + checkout,
                "-cp",
                System.getProperty("java.class.path"),
                "jangteo.local.Main"));
    command.addAll(List.of(words));
    command.addAll(List.of("--state", state.toString()));
    try {
      Path output = Files.createTempFile("jangteo-e2e", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(START_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly();
      }
      String text = Files.readString(output);
      Files.delete(output);
      return new Outcome(ended ? process.exitValue() : -1, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
