package jangteo.local.testing;

import jangteo.local.StateFolder;
import jangteo.local.servers.ThrowawayServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of all tests on servers that are started once. They always end, and with them whatever a
 * test has started and left.
 */
public final class TestRun {
  /**
   * Three modules at a time on two cores, for much of a test is waiting. Each test has a place of
   * its own on the servers; the whole shop's tests come last, when nothing else runs (e2e/pom.xml).
   */
  private static final List<String> EVERYTHING = List.of("--fail-at-end", "-T", "3", "package");

  private final Path checkout;
  private final Path log;
  private final PrintWriter out;
  private volatile boolean over;
  private volatile boolean interrupted;

  /** For a checkout that has been built. */
  public TestRun(Path checkout, PrintWriter out) {
    this.checkout = checkout;
    this.log = new StateFolder(checkout.resolve(".jangteo")).log("mvn"); // as ./jangteo mvn does
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
    int exit;
    try (ThrowawayServers servers = ThrowawayServers.open(this::say)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(servers), "end"));
      say("Starting the test servers …");
      Path ports = servers.startAll();
      say("  ready after " + seconds(start) + " s");
      exit = maven(arguments, ports);
    } catch (IOException | RuntimeException e) {
      if (interrupted) {
        return 1; // the failure came of it
      }
      throw e;
    }
    over = true;
    if (!interrupted) {
      summarise(start, exit);
    }
    return exit;
  }

  private int maven(List<String> arguments, Path ports) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(checkout.resolve("jangteo").toString());
    command.add("mvn");
    command.addAll(arguments.isEmpty() ? EVERYTHING : arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(checkout.toFile()).redirectErrorStream(true);
    builder.environment().put(ThrowawayServers.NAMED, ports.toString());
    Process running = builder.start();
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
      say("The run failed; Maven's whole output: " + log);
    }
    if (reports.skipped() > 0) {
      say(reports.skipped() + " skipped");
    }
    say("%d passed, %d failed in %s s".formatted(passed, failed, seconds(start)));
  }

  private static long seconds(Instant since) {
    return Duration.between(since, Instant.now()).toSeconds();
  }

  /** At the JVM's end: on Ctrl-C and SIGTERM, else there is nothing left to do. */
  private void interrupt(ThrowawayServers servers) {
    interrupted = !over;
    if (interrupted) {
      say("Ending the tests and their servers …");
    }
    try {
      servers.close();
    } catch (IOException e) {
      say("jangteo: " + e);
    }
    if (interrupted) {
      say("Ended; Maven's output until then: " + log);
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
