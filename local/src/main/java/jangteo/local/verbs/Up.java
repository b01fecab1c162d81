package jangteo.local.verbs;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the shop. */
@Command(name = "up", description = "Starts every part and supervises it until Ctrl-C or down.")
final class Up extends Verb {
  @Option(names = "--detach", description = "Returns when every part is ready; the shop runs on.")
  private boolean detach;

  @Option(names = "--free-ports", description = "Takes free ports instead of the documented ones.")
  private boolean freePorts;

  @Option(
      names = "--only",
      paramLabel = "NAMES",
      split = ",",
      description = "Starts these parts and no others.")
  private List<String> only = List.of();

  Up(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    if (detach) {
      return new Daemon(checkout(), state(), out()).start(freePorts, only);
    }
    return new Session(checkout(), state(), freePorts, only, out()).run();
  }
}
