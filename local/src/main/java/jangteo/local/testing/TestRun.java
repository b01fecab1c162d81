package jangteo.local.testing;

import jangteo.local.StateFolder;
import jangteo.local.servers.ThrowawayServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of all tests on servers that are started once and always end. */
public final class TestRun {
  private static final String SERVERS = "JANGTEO_TEST_SERVERS";

  private final Path checkout;
  private final StateFolder state;
  private final PrintWriter out;
  private volatile @Nullable Process maven;

  /** For a checkout; the servers' ports and the log go to the state folder. */
  public TestRun(Path checkout, StateFolder state, PrintWriter out) {
    this.checkout = checkout;
    this.state = state;
    this.out = out;
  }

  /**
   * Runs Maven with its test reports summed up at the end.
   *
   * @param arguments what Maven is called with; by default {@code package} of every module
   * @return Maven's exit code
   */
  public int run(List<String> arguments) throws IOException, InterruptedException {
    Instant start = Instant.now();
    state.create();
    int exit;
    try (ThrowawayServers servers = ThrowawayServers.open(this::say)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(servers), "end")); // Ctrl-C
      say("Starting the test servers …");
      Path ports = state.root().resolve("test-servers.properties");
      try (Writer writer = Files.newBufferedWriter(ports)) {
        servers.startAll().store(writer, "the servers of ./jangteo test");
      }
      say("  ready after " + seconds(start) + " s");
      exit = maven(arguments, ports);
    }
    summarise(start, exit);
    return exit;
  }

  private int maven(List<String> arguments, Path ports) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(checkout.resolve("jangteo").toString());
    command.add("mvn");
    command.addAll(arguments.isEmpty() ? List.of("--fail-at-end", "package") : arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(checkout.toFile()).redirectErrorStream(true);
    builder.environment().put(SERVERS, ports.toString());
    Process running = builder.start();
    maven = running;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(running.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (isTold(line)) {
          say("  " + line);
        }
      }
    }
    return running.waitFor();
  }

  /** Of Maven's many lines: the modules, the test classes, and all that went wrong. */
  private static boolean isTold(String line) {
    return line.startsWith("[INFO] Building Jangteo")
        || line.startsWith("[ERROR]")
        || (line.contains("Tests run:") && line.contains(" -- in "))
        || line.startsWith("Something is missing offline")
        || line.startsWith("jangteo:");
  }

  private void summarise(Instant start, int exit) throws IOException {
    SurefireReports reports = SurefireReports.since(checkout, start);
    int failed = reports.failed().size();
    int passed = reports.tests() - failed - reports.skipped();
    reports.failed().forEach(test -> say("failed: " + test));
    if (exit != 0) {
      say("The run failed; Maven's whole output: " + state.log("mvn"));
    }
    if (reports.skipped() > 0) {
      say(reports.skipped() + " skipped");
    }
    say("%d passed, %d failed in %s s".formatted(passed, failed, seconds(start)));
  }

  private static long seconds(Instant since) {
    return Duration.between(since, Instant.now()).toSeconds();
  }

  private void end(ThrowawayServers servers) {
    Process running = maven;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroy);
    }
    try {
      servers.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
