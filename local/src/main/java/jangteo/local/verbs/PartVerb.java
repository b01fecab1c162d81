package jangteo.local.verbs;

import jangteo.local.supervisor.ControlClient;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The verbs that act on one part. */
abstract class PartVerb extends Verb {
  private final String verb;

  @Parameters(paramLabel = "NAME", description = "The part, as ./jangteo status names it.")
  private String part = "";

  private PartVerb(Path checkout, String verb) {
    super(checkout);
    this.verb = verb;
  }

  @Override
  public Integer call() throws Exception {
    out().println(ControlClient.running(state()).part(part, verb).stripLeading());
    return 0;
  }

  @Command(name = "start", description = "Starts a part that is down and waits until it is ready.")
  static final class Start extends PartVerb {
    Start(Path checkout) {
      super(checkout, "start");
    }
  }

  @Command(name = "stop", description = "Ends a part in order; it stays down until start.")
  static final class Stop extends PartVerb {
    Stop(Path checkout) {
      super(checkout, "stop");
    }
  }

  @Command(name = "restart", description = "Stops a part and starts it again, newly built.")
  static final class Restart extends PartVerb {
    Restart(Path checkout) {
      super(checkout, "restart");
    }
  }

  @Command(name = "kill", description = "Ends a part with SIGKILL; it stays down until start.")
  static final class Kill extends PartVerb {
    Kill(Path checkout) {
      super(checkout, "kill");
    }
  }

  @Command(
      name = "pause",
      description = "Makes a part stand still, ports open, until resume (SIGSTOP).")
  static final class Pause extends PartVerb {
    Pause(Path checkout) {
      super(checkout, "pause");
    }
  }

  @Command(name = "resume", description = "Makes a paused part go on (SIGCONT).")
  static final class Resume extends PartVerb {
    Resume(Path checkout) {
      super(checkout, "resume");
    }
  }
}
