package jangteo.local.verbs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher as its users run it: a process of its own, with its output in a file. */
record LauncherProcess(Process process, Path output) {

  /** Starts a verb on the state folder. */
  static LauncherProcess start(Path state, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--state", state.toString()));
    return start(List.of(), state, state, all);
  }

  /** Starts a verb on a checkout, at the head of a process group as a shell starts it. */
  static LauncherProcess leading(Path checkout, String... words) throws IOException {
    return start(List.of("setsid"), checkout, checkout.resolve("target"), List.of(words));
  }

  private static LauncherProcess start(
      List<String> before, Path root, Path outputs, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(listeningToCtrlC());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Dlogback.configurationFile=jangteo/local/logging.xml",
            "-Djangteo.root=" + root,
            "-cp",
            System.getProperty("java.class.path"),
            "jangteo.local.Main"));
    command.addAll(words);
    Path output = Files.createTempFile(Files.createDirectories(outputs), "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new LauncherProcess(process, output);
  }

  /** Runs a verb to its end. */
  static LauncherProcess run(Path state, String... words) throws IOException, InterruptedException {
    LauncherProcess started = start(state, words);
    started.exitCode();
    return started;
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("does not end: " + text());
    }
    return process.exitValue();
  }

  String text() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only line it said; fails when there were more. */
  String onlyLine() {
    List<String> lines = text().lines().toList();
    if (lines.size() != 1) {
      throw new AssertionError("one line expected: " + lines);
    }
    return lines.getFirst();
  }

  /** What a shell starts in the background ignores SIGINT, and so would the launcher under test. */
  private static List<String> listeningToCtrlC() {
    return System.getProperty("os.name").equals("Linux")
        ? List.of("env", "--default-signal=INT")
        : List.of();
  }
}
