package jangteo.local.verbs;

import jangteo.local.shop.Admin;
import jangteo.local.story.Auditor;
import jangteo.local.supervisor.ControlClient;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Holds the shop's invariants against all its stores. */
@Command(
    name = "audit",
    description = "Checks that orders, stock and money add up in all stores; fails when not.")
final class AuditVerb extends Verb {
  private static final int VIOLATED = 3;

  AuditVerb(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    String gateway = ControlClient.running(state()).gateway();
    return new Auditor(gateway, Admin.from(System.getenv()), out()).audit() ? 0 : VIOLATED;
  }
}
