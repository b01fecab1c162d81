package jangteo.local.story;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.local.Refusal;
import jangteo.local.shop.Admin;
import jangteo.local.story.Shop.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Locale;

/** Asks the shop, as its first administrator, to audit itself, and prints what it says. */
public final class Auditor {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Shop shop;
  private final Admin admin;
  private final PrintWriter out;

  /** At the gateway's address, {@code http://host:port}; the table goes to the writer. */
  public Auditor(String gateway, Admin admin, PrintWriter out) {
    this.shop = new Shop(gateway, new PrintWriter(Writer.nullWriter()));
    this.admin = admin;
    this.out = out;
  }

  /**
   * Prints one line per invariant and one per violation.
   *
   * @return whether every invariant holds
   * @throws Refusal when the shop cannot audit itself now, with its reason
   */
  public boolean audit() throws IOException, InterruptedException {
    Answer answer = shop.get("/api/v1/admin/audit").as(shop.logIn(admin)).within(LIMIT).send();
    if (answer.status() != 200) {
      throw new Refusal(
          "The audit did not take place: %d %s".formatted(answer.status(), answer.text("/detail")));
    }
    for (JsonNode invariant : answer.body().path("invariants")) {
      out.printf(
          Locale.ROOT,
          "%-20s %-9s %,10d checked%n",
          invariant.path("name").asText(),
          invariant.path("ok").asBoolean() ? "ok" : "VIOLATED",
          invariant.path("checked").asLong());
      for (JsonNode finding : invariant.path("findings")) {
        out.printf("    %s: %s%n", finding.path("id").asText(), finding.path("found").asText());
      }
    }
    out.printf("(%d ms)%n", answer.whole("/tookMillis"));
    return answer.body().path("ok").asBoolean();
  }
}
