package jangteo.local.verbs;

import jangteo.local.story.Story;
import jangteo.local.supervisor.ControlClient;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Plays the story through the gateway. */
@Command(
    name = "demo",
    description = "A seller, a buyer, an order: each call through the gateway, and its answer.")
final class Demo extends Verb {
  Demo(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    String gateway = ControlClient.running(state()).gateway();
    out().println("Through the gateway at " + gateway + ":");
    new Story(gateway, out()).tell();
    return 0;
  }
}
