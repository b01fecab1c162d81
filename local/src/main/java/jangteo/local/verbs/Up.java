package jangteo.local.verbs;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the shop. */
@Command(name = "up", description = "Starts every part and supervises it until Ctrl-C or down.")
final class Up extends Verb {
  @Option(names = "--detach", description = "Returns when every part is ready; the shop runs on.")
  private boolean detach;

  @Option(names = "--free-ports", description = "Takes free ports instead of the documented ones.")
  private boolean freePorts;

  Up(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    if (detach) {
      return new Daemon(checkout(), state(), out()).start(freePorts);
    }
    return new Session(checkout(), state(), freePorts, out()).run();
  }
}
