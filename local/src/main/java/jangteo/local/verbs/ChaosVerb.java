package jangteo.local.verbs;

import jangteo.local.StateFolder;
import jangteo.local.chaos.Chaos;
import jangteo.local.chaos.Complaints;
import jangteo.local.servers.Cache;
import jangteo.local.servers.MissingPartException;
import jangteo.local.servers.Toxiproxy;
import jangteo.local.shop.Admin;
import jangteo.local.shop.Clocks;
import jangteo.local.shop.Wires;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Breaks a shop of its own while people buy. */
@Command(
    name = "chaos",
    description =
        "Starts a new shop of its own, breaks its parts while people buy, and checks what they saw.")
final class ChaosVerb extends OwnShopVerb {
  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "How long things are broken (default: 10; named faults are done once).")
  private @Nullable Integer minutes;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "10",
      description = "Orders a second (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(names = "--seed", paramLabel = "S", description = "Repeats the run of that seed.")
  private @Nullable Long seed;

  @Option(
      names = "--faults",
      paramLabel = "LIST",
      description =
          "Does these instead of random ones: KIND:PART[+KIND:PART],… with the kinds kill, pause, delay, reset, swallow; or each: every kind alone on every part.")
  private @Nullable String faults;

  @Option(
      names = "--clocks",
      paramLabel = "LIST",
      description =
          "Clocks that are wrong, in seconds ahead: item:6,payment:-6 (default: all are right).")
  private @Nullable String clocks;

  @Option(names = "--short", description = "A few faults that cover the main parts, as CI does.")
  private boolean brief;

  ChaosVerb(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    StateFolder state = own("chaos", "chaos");
    Clocks wrong = clocks == null ? Clocks.right() : Clocks.parse(clocks);
    Chaos.Plan plan = plan();
    forget(List.of(state.data(), state.logs()));
    state.create();
    Chaos chaos =
        new Chaos(
            plan,
            Admin.from(System.getenv()),
            state.root().resolve("history.jsonl"),
            new Complaints(state.logs()),
            out());
    return new Session(checkout(), state, true, List.of(), wrong.settings(), out())
        .run(
            plan.withCuts() ? Wires::proxied : Wires::direct,
            (supervisor, gateway, wires) -> chaos.run(supervisor, gateway, wires) ? 0 : 1);
  }

  private Chaos.Plan plan() throws IOException {
    Chaos.Plan wanted =
        new Chaos.Plan(
            rate,
            seedOrAny(seed),
            Optional.ofNullable(brief ? Chaos.Plan.brief() : faults),
            Optional.ofNullable(minutes).map(Duration::ofMinutes),
            true);
    try {
      out()
          .println(
              "Connections are cut by "
                  + Toxiproxy.locate(Cache.folder(), this::say).origin()
                  + ".");
      return wanted;
    } catch (MissingPartException e) {
      if (faults != null && wanted.wantsCuts()) {
        throw e;
      }
      say("Nothing is cut off in this run. " + e.getMessage());
      return new Chaos.Plan(wanted.rate(), wanted.seed(), wanted.named(), wanted.time(), false);
    }
  }
}
