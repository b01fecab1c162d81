package jangteo.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./jangteo bench}: load on a shop that is up. */
@Command(
    name = "bench",
    description = "Load on a shop that is up, and what became of it.",
    mixinStandardHelpOptions = true,
    subcommands = {
      OrdersThroughTheGateway.class,
      SagaFedDirectly.class,
      CatalogueInAndOut.class,
      SearchAtSize.class,
      CatalogueFreshness.class,
      GatewayChecks.class,
      LoginsAtOnce.class,
      Enumeration.class
    })
public final class Main {

  /** Runs one of them; its exit code is not 0 when requests failed or orders stayed open. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
