package jangteo.local.verbs;

import jangteo.local.story.Pace;
import jangteo.local.supervisor.ControlClient;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures an order's way from its 202 to its end. */
@Command(
    name = "pace",
    description = "One order a second; prints how long they took from their 202 to their end.")
final class PaceVerb extends Verb {
  @Option(
      names = "--orders",
      defaultValue = "60",
      description = "How many orders count (default: ${DEFAULT-VALUE}).")
  private int orders;

  PaceVerb(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    new Pace(ControlClient.running(state()).gateway(), out()).keep(orders);
    return 0;
  }
}
