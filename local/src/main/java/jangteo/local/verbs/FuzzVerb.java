package jangteo.local.verbs;

import jangteo.local.Refusal;
import jangteo.local.StateFolder;
import jangteo.local.fuzz.Fuzz;
import jangteo.local.fuzz.Plan;
import jangteo.local.servers.Cache;
import jangteo.local.servers.Schemathesis;
import jangteo.local.shop.Admin;
import jangteo.local.shop.Wires;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks a shop of its own what its OpenAPI document allows, and what it does not. */
@Command(
    name = "fuzz",
    description = {
      "Starts a new shop of its own, asks it what its OpenAPI document allows and what it does not,",
      "and fails when an answer is not as documented."
    })
final class FuzzVerb extends OwnShopVerb {
  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "20000",
      description = "About how many at least (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(names = "--seed", paramLabel = "S", description = "Asks as the run of that seed did.")
  private @Nullable Long seed;

  @Option(names = "--short", description = "A few thousand in some minutes.")
  private boolean brief;

  FuzzVerb(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    if (requests < 1) {
      throw new Refusal("--requests takes a number of 1 and more.");
    }
    StateFolder state = own("fuzz", "fuzzing");
    Schemathesis schemathesis = Schemathesis.locate(Cache.folder(), this::say);
    say("Asked by " + schemathesis.origin() + ".");
    Path reports = state.root().resolve("reports");
    forget(List.of(state.data(), state.logs(), reports));
    Plan plan = new Plan(requests, seedOrAny(seed), brief);
    Fuzz fuzz = new Fuzz(plan, Admin.from(System.getenv()), schemathesis, reports, out());
    return new Session(checkout(), state, true, List.of(), Fuzz.settings(), out())
        .run(Wires::direct, (supervisor, gateway, wires) -> fuzz.run(supervisor, gateway) ? 0 : 1);
  }
}
