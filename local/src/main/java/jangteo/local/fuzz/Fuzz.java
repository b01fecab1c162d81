package jangteo.local.fuzz;

import jangteo.local.servers.Schemathesis;
import jangteo.local.shop.Admin;
import jangteo.local.shop.Settings;
import jangteo.local.story.Auditor;
import jangteo.local.story.Shop;
import jangteo.local.supervisor.Supervisor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Holds a shop against its own OpenAPI document: Schemathesis asks what the document allows and
 * what it does not, without a token, as a member and as the administrator. Afterwards every part
 * has to be well, and the audit must find nothing (docs/adr/0034).
 */
public final class Fuzz {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Plan plan;
  private final Admin admin;
  private final Schemathesis schemathesis;
  private final Path reports;
  private final PrintWriter out;

  /**
   * @param reports a folder for what is asked and answered; it may not be there yet
   */
  public Fuzz(Plan plan, Admin admin, Schemathesis schemathesis, Path reports, PrintWriter out) {
    this.plan = plan;
    this.admin = admin;
    this.schemathesis = schemathesis;
    this.reports = reports;
    this.out = out;
  }

  /** What a shop needs that everybody asks from one address, and wrongly as a rule. */
  public static Settings settings() {
    return Settings.usual()
        .with("member", "LOGIN_FAILURES_PER_ADDRESS", "1000000")
        .with("search", "PRODUCTS_VERSION_WAIT", "PT0.2S");
  }

  /**
   * Runs on a shop that is up and has just been made.
   *
   * @return whether all was as documented, and the shop is well
   */
  public boolean run(Supervisor supervisor, String gateway)
      throws IOException, InterruptedException {
    say("Seed %d; reports in %s.".formatted(plan.seed(), reports));
    Files.createDirectories(reports);
    List<Outcome> outcomes = ask(supervisor, gateway);
    new Summary(out).print(outcomes);
    List<String> complaints = complaints(supervisor);
    complaints.forEach(complaint -> say("ERROR: " + complaint));
    boolean audited = new Auditor(gateway, admin, out).audit();
    boolean passed =
        outcomes.stream().allMatch(Outcome::isClean) && complaints.isEmpty() && audited;
    say(passed ? "All as documented." : "The same again: --seed " + plan.seed());
    return passed;
  }

  private List<Outcome> ask(Supervisor supervisor, String gateway)
      throws IOException, InterruptedException {
    Shop shop = new Shop(gateway, new PrintWriter(Writer.nullWriter()));
    Asking asking = new Asking(schemathesis, gateway, reports, supervisor::isClosed);
    Summary summary = new Summary(out);
    List<Outcome> outcomes = new ArrayList<>();
    Iterator<Round> rounds = plan.rounds().iterator();
    long asked = 0;
    while (rounds.hasNext() && !plan.isDone(outcomes.size(), asked)) {
      Round round = rounds.next();
      // New people each time: those of the round before may be suspended.
      People people = People.gather(shop, admin, reports.resolve(round.name() + ".people.json"));
      Outcome outcome = asking.ask(round, people);
      summary.print(outcome);
      outcomes.add(outcome);
      asked += outcome.requests();
      if (!outcome.isWhole()) {
        break;
      }
    }
    return outcomes;
  }

  /** A part that is busy may be away for a moment. */
  private static List<String> complaints(Supervisor supervisor) throws InterruptedException {
    long begin = System.nanoTime();
    List<String> complaints = Wellbeing.complaints(supervisor.status());
    while (!complaints.isEmpty() && System.nanoTime() - begin < PATIENCE.toNanos()) {
      Thread.sleep(LOOK);
      complaints = Wellbeing.complaints(supervisor.status());
    }
    return complaints;
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
