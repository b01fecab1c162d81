package jangteo.local.verbs;

import jangteo.local.Refusal;
import jangteo.local.StateFolder;
import jangteo.local.servers.Cache;
import jangteo.local.supervisor.ControlClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Scanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes the shop's data. */
@Command(name = "reset", description = "Deletes all data and logs of the shop, after asking.")
final class Reset extends Verb {
  @Option(names = "--yes", description = "Does not ask.")
  private boolean yes;

  Reset(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    StateFolder state = state();
    if (ControlClient.of(state).isPresent()) {
      throw new Refusal("The shop is up; ./jangteo down" + stateOption() + " first.");
    }
    if (!yes && !agreed(state)) {
      out().println("Nothing was deleted.");
      return 1;
    }
    for (Path folder : List.of(state.data(), state.logs(), state.app(), state.pids())) {
      Cache.delete(folder);
    }
    out().println("The data of " + state.root() + " is deleted.");
    return 0;
  }

  private boolean agreed(StateFolder state) {
    out()
        .print(
            "This deletes every member, product and order in " + state.data() + ". Go on? [y/N] ");
    out().flush();
    Scanner answer = new Scanner(System.in, StandardCharsets.UTF_8);
    return answer.hasNextLine()
        && List.of("y", "yes").contains(answer.nextLine().strip().toLowerCase(Locale.ROOT));
  }
}
