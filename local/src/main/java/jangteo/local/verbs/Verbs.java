package jangteo.local.verbs;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All verbs of {@code ./jangteo}. */
@Command(
    name = "jangteo",
    description = "Runs the whole shop on this machine, without containers.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true)
public final class Verbs implements Runnable {
  private Verbs() {}

  /** The command line for a built checkout. */
  public static CommandLine commandLine(Path checkout) {
    return new CommandLine(new Verbs())
        .addSubcommand(new Up(checkout))
        .addSubcommand(new Supervise(checkout))
        .addSubcommand(new Down(checkout))
        .addSubcommand(new Status(checkout))
        .addSubcommand(new Logs(checkout))
        .addSubcommand(new MailVerb(checkout))
        .addSubcommand(new PartVerb.Start(checkout))
        .addSubcommand(new PartVerb.Stop(checkout))
        .addSubcommand(new PartVerb.Restart(checkout))
        .addSubcommand(new PartVerb.Kill(checkout))
        .addSubcommand(new PartVerb.Pause(checkout))
        .addSubcommand(new PartVerb.Resume(checkout))
        .addSubcommand(new Demo(checkout))
        .addSubcommand(new PaceVerb(checkout))
        .addSubcommand(new ChaosVerb(checkout))
        .addSubcommand(new FuzzVerb(checkout))
        .addSubcommand(new AuditVerb(checkout))
        .addSubcommand(new Rebuild(checkout))
        .addSubcommand(new Reconcile(checkout))
        .addSubcommand(new RotateKeys(checkout))
        .addSubcommand(new Test(checkout))
        .addSubcommand(new Simulate(checkout))
        .addSubcommand(new Sbom(checkout))
        .addSubcommand(new Doctor(checkout))
        .addSubcommand(new Reset(checkout))
        .addSubcommand(new CommandLine.HelpCommand());
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
