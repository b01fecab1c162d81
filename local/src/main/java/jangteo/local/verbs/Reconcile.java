package jangteo.local.verbs;

import jangteo.local.shop.Admin;
import jangteo.local.story.ReadModels;
import jangteo.local.supervisor.ControlClient;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds the read model against the catalogue. */
@Command(
    name = "reconcile",
    description = {
      "Compares the products that search shows with those that item owns; fails when they differ, and",
      "were not repaired."
    })
final class Reconcile extends Verb {
  private static final int DIFFERENT = 3;

  @Option(names = "--repair", description = "Has item tell anew what differs.")
  private boolean repair;

  Reconcile(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    String gateway = ControlClient.running(state()).gateway();
    return new ReadModels(gateway, Admin.from(System.getenv()), out()).reconcile(repair)
        ? 0
        : DIFFERENT;
  }
}
