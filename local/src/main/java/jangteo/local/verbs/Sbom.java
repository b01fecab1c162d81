package jangteo.local.verbs;

import jangteo.local.sbom.Advisories;
import jangteo.local.sbom.Audit;
import jangteo.local.sbom.Bill;
import jangteo.local.sbom.LicenceRules;
import jangteo.local.sbom.Materials;
import jangteo.local.sbom.Osv;
import jangteo.local.sbom.PipAudit;
import jangteo.local.servers.Cache;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Writes down what the shop is made of. */
@Command(
    name = "sbom",
    description = {
      "Writes the bill of materials of all that runs in a shop, with licences and hashes (CycloneDX);",
      "fails when a licence is unknown or not allowed."
    })
final class Sbom extends Verb {
  private static final int VULNERABLE = 3;
  private static final int INCOMPLETE = 4;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Option(
      names = "--audit",
      description = {
        "Also asks what is known against each part: 3 when something is, 4 when a source could not be",
        "asked."
      })
  private boolean audit;

  @Option(
      names = "--osv",
      paramLabel = "URL",
      description = "Where osv.dev, or a mirror of it, takes batched queries.",
      defaultValue = "https://api.osv.dev/v1/querybatch",
      showDefaultValue = Visibility.ALWAYS)
  private URI osv = URI.create("");

  Sbom(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path file = state().root().resolve("sbom").resolve("jangteo.cdx.json");
    out().println("Gathering what the shop is made of …");
    out().flush();
    Bill bill = new Materials(checkout(), state().log("sbom")).gather(LicenceRules.load());
    bill.write(file);
    out()
        .println(
            "%d components, all under allowed licences: %s"
                .formatted(bill.components().size(), file));
    return audit ? audit(bill) : 0;
  }

  private int audit(Bill bill) throws InterruptedException {
    List<Advisories> sources = List.of(new Osv(osv, LIMIT), new PipAudit(Cache.folder()));
    return switch (new Audit(sources, out()).of(bill)) {
      case CLEAN -> 0;
      case VULNERABLE -> VULNERABLE;
      case INCOMPLETE -> INCOMPLETE;
    };
  }
}
