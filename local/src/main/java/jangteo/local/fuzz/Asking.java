package jangteo.local.fuzz;

import jangteo.local.Refusal;
import jangteo.local.servers.Resources;
import jangteo.local.servers.Schemathesis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Has Schemathesis ask the shop, in a process of its own. */
final class Asking {
  private static final long LOOK_MILLIS = 200;

  private final Schemathesis schemathesis;
  private final String gateway;
  private final Path folder;
  private final BooleanSupplier over;

  /**
   * @param folder for the reports: one as Schemathesis writes it for machines, and one for people
   * @param over whether the shop is going down
   */
  Asking(Schemathesis schemathesis, String gateway, Path folder, BooleanSupplier over) {
    this.schemathesis = schemathesis;
    this.gateway = gateway;
    this.folder = folder;
    this.over = over;
  }

  /**
   * Asks to the end.
   *
   * @throws Refusal when the shop goes down meanwhile
   */
  Outcome ask(Round round, People people) throws IOException, InterruptedException {
    Path hooks = Files.writeString(folder.resolve("hooks.py"), Resources.text("fuzz/hooks.py"));
    Path configuration =
        Files.writeString(
            folder.resolve(round.name() + ".toml"),
            Resources.text("fuzz/schemathesis.toml") + round.role().login(people));
    Path events = folder.resolve(round.name() + ".ndjson");
    ProcessBuilder process =
        new ProcessBuilder(schemathesis.command(arguments(round, configuration, events)))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(round.name() + ".txt").toFile());
    process.environment().putAll(schemathesis.environment());
    process
        .environment()
        .putAll(Map.of("SCHEMATHESIS_HOOKS", hooks.toString(), "JANGTEO_FUZZ_GATEWAY", gateway));
    long begin = System.nanoTime();
    int exitCode = awaitEnd(process.start());
    return Transcript.read(events, round, exitCode, Duration.ofNanos(System.nanoTime() - begin));
  }

  private List<String> arguments(Round round, Path configuration, Path events) {
    return List.of(
        "--config-file",
        configuration.toString(),
        "run",
        gateway + "/api/v1/openapi",
        "--url=" + gateway,
        "--checks=all",
        "--phases=" + String.join(",", round.phases()),
        "--max-examples=" + round.examples(),
        "--seed=" + round.seed(),
        "--report=ndjson",
        "--report-ndjson-path=" + events,
        "--no-color");
  }

  /** It ends with the launcher, however that ends. */
  private int awaitEnd(Process process) throws InterruptedException {
    Thread ending = new Thread(process::destroy, "end of Schemathesis");
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (over.getAsBoolean()) {
          throw new Refusal("The shop is going down.");
        }
      }
      return process.exitValue();
    } finally {
      process.destroy();
    }
  }
}
