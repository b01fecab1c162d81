package jangteo.local.verbs;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The process behind {@code up --detach}. */
@Command(name = "supervise", hidden = true, description = "Supervises the shop in the background.")
final class Supervise extends Verb {
  @Option(names = "--free-ports")
  private boolean freePorts;

  @Option(names = "--only", split = ",")
  private List<String> only = List.of();

  Supervise(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    return new Session(checkout(), state(), freePorts, only, out()).run();
  }
}
