package jangteo.local.sbom;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Asks sources of known flaws about the parts of a shop, and says which of them could be asked. */
public final class Audit {

  /** How it went. */
  public enum Outcome {
    /** Every source was asked, and none knows of anything. */
    CLEAN,
    /** Some source could not be asked; those that could know of nothing. */
    INCOMPLETE,
    /** Something is known. */
    VULNERABLE
  }

  private final List<Advisories> sources;
  private final PrintWriter out;

  /** Asks these, and tells the reader line by line. */
  public Audit(List<Advisories> sources, PrintWriter out) {
    this.sources = sources;
    this.out = out;
  }

  /** Asks about every part that is not this project's own. */
  public Outcome of(Bill bill) throws InterruptedException {
    List<String> packages =
        bill.components().stream()
            .filter(component -> !component.isOwn())
            .flatMap(component -> component.packages().stream())
            .distinct()
            .toList();
    boolean incomplete = false;
    boolean vulnerable = false;
    for (Advisories source : sources) {
      List<String> covered = packages.stream().filter(source::covers).toList();
      try {
        List<Finding> findings = source.about(covered);
        vulnerable |= !findings.isEmpty();
        tell(source, covered.size(), findings);
      } catch (IOException e) {
        incomplete = true;
        out.println(
            "%s was not reached: %d packages are not looked up there (%s)."
                .formatted(source.name(), covered.size(), reason(e)));
      }
    }
    reportUncovered(packages);
    if (vulnerable) {
      return Outcome.VULNERABLE;
    }
    return incomplete ? Outcome.INCOMPLETE : Outcome.CLEAN;
  }

  private void tell(Advisories source, int asked, List<Finding> findings) {
    out.println(
        "%s was asked about %d packages: %s"
            .formatted(
                source.name(),
                asked,
                findings.isEmpty() ? "nothing is known." : findings.size() + " flaws are known."));
    findings.forEach(finding -> out.println("  " + finding.id() + "  " + finding.packageUrl()));
  }

  /** What no source can know must not look as if it were clean. */
  private void reportUncovered(List<String> packages) {
    List<String> uncovered =
        packages.stream()
            .filter(each -> sources.stream().noneMatch(source -> source.covers(each)))
            .toList();
    if (!uncovered.isEmpty()) {
      out.println("Nobody was asked about: " + String.join(", ", uncovered));
    }
  }

  /** In one line; the exceptions of Java's HTTP client often say nothing but their name. */
  private static String reason(IOException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
