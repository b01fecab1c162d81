package jangteo.local.sbom;

import jangteo.local.Refusal;
import jangteo.local.servers.SuppliedServer;
import jangteo.local.shop.ShopService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers what a shop is made of: its services and its launcher, and all that they need to run. */
public final class Materials {
  private static final String GOAL = "org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom";

  private final Path checkout;
  private final Path log;

  /**
   * Of a checkout.
   *
   * @param log where Maven's output goes
   */
  public Materials(Path checkout, Path log) {
    this.checkout = checkout;
    this.log = log;
  }

  /**
   * The bill, with licences by their ids wherever they are known.
   *
   * @throws Refusal when Maven fails, a jar has no hash, or a licence is unknown or not allowed
   */
  public Bill gather(LicenceRules rules) throws IOException, InterruptedException {
    runMaven();
    Bill bill = Bill.read(checkout.resolve("target").resolve("bom.json"));
    complete(bill, rules);
    return bill;
  }

  /** Adds the servers to the libraries, and holds all of them against the rules. */
  static void complete(Bill bill, LicenceRules rules) {
    SuppliedServer.all().forEach(bill::add);
    List<Component> components = bill.components();
    List<String> wrong = new ArrayList<>();
    for (Component component : components) {
      rules
          .objection(component)
          .ifPresentOrElse(wrong::add, () -> component.state(rules.licences(component)));
      if (component.isFile() && component.sha256().isEmpty()) {
        wrong.add(component + " has no SHA-256");
      }
    }
    if (!wrong.isEmpty()) {
      throw new Refusal(String.join("\n  ", wrong));
    }
  }

  /**
   * With the modules as they are now: a jar that is not built has no hash. Not by {@code ./jangteo
   * mvn}, which goes offline when it can: the plugin declares that it will not.
   */
  private void runMaven() throws IOException, InterruptedException {
    String modules =
        Stream.concat(Stream.of("local"), ShopService.ALL.stream().map(ShopService::name))
            .collect(Collectors.joining(","));
    Files.createDirectories(log.toAbsolutePath().getParent());
    ProcessBuilder maven =
        new ProcessBuilder(
                "mvn",
                "-B",
                "-pl",
                modules,
                "-am",
                "-Dmaven.test.skip=true",
                "-Dspotless.check.skip=true",
                "-Denforcer.skip=true",
                "package",
                GOAL)
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    if (maven.start().waitFor() != 0) {
      throw new Refusal("Maven could not gather the libraries; its whole output: " + log);
    }
  }
}
