package jangteo.local.verbs;

import jangteo.local.StateFolder;
import jangteo.local.supervisor.ControlClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the supervisor as a process of its own and follows it until the shop is up. */
final class Daemon {
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Path checkout;
  private final StateFolder state;
  private final PrintWriter out;

  Daemon(Path checkout, StateFolder state, PrintWriter out) {
    this.checkout = checkout;
    this.state = state;
    this.out = out;
  }

  /** Returns 0 when every part is ready, else the supervisor's exit code after its last words. */
  int start(boolean freePorts, List<String> only) throws IOException, InterruptedException {
    state.create();
    Path log = state.log("launcher");
    long seen = Files.exists(log) ? Files.size(log) : 0;
    Process supervisor =
        new ProcessBuilder(command(freePorts, only))
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    while (!supervisor.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      Optional<ControlClient> control =
          ControlClient.of(state).filter(client -> client.pid() == supervisor.pid());
      boolean up = control.isPresent() && control.get().isUp();
      seen = show(log, seen);
      if (up) {
        return 0;
      }
    }
    show(log, seen);
    return supervisor.exitValue() == 0 ? 1 : supervisor.exitValue();
  }

  private List<String> command(boolean freePorts, List<String> only) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString()); // out of reach of the terminal's Ctrl-C; keeps the process id
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx96m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "-Dlogback.configurationFile=jangteo/local/logging.xml",
            "-Djangteo.root=" + checkout,
            "-cp",
            System.getProperty("java.class.path"),
            "jangteo.local.Main",
            "supervise",
            "--state",
            state.root().toString()));
    if (freePorts) {
      command.add("--free-ports");
    }
    if (!only.isEmpty()) {
      command.add("--only=" + String.join(",", only));
    }
    return command;
  }

  /** Copies what the log grew by since the position; returns the new position. */
  private long show(Path log, long from) throws IOException {
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.READ)) {
      byte[] grown = Channels.newInputStream(file.position(from)).readAllBytes();
      out.print(new String(grown, StandardCharsets.UTF_8));
      out.flush();
      return from + grown.length;
    }
  }
}
