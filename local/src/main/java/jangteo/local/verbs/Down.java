package jangteo.local.verbs;

import jangteo.local.servers.ManagedProcess;
import jangteo.local.supervisor.ControlClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Ends the shop, or what a killed launcher left of it. */
@Command(name = "down", description = "Ends every part of the shop; the data stays.")
final class Down extends Verb {
  /** After a build each service writes its class archive when it ends: seconds, all at once. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  Down(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    Optional<ControlClient> running = ControlClient.of(state());
    if (running.isPresent()) {
      out().println("Stopping …");
      out().flush();
      running.get().down();
      out().println("The shop is down; its data stays.");
      return 0;
    }
    List<String> left = ManagedProcess.endLeftovers(state().pids(), GRACE);
    out()
        .println(
            left.isEmpty()
                ? "The shop is not up."
                : "Ended what an earlier run left behind: " + String.join(", ", left) + ".");
    return 0;
  }
}
