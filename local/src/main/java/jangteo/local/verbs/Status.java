package jangteo.local.verbs;

import com.fasterxml.jackson.databind.ObjectMapper;
import jangteo.local.supervisor.ControlClient;
import jangteo.local.supervisor.PartStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How every part is doing. */
@Command(name = "status", description = "A table of the parts: state, port, memory, uptime.")
final class Status extends Verb {
  @Option(names = "--json", description = "The same as JSON.")
  private boolean json;

  Status(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    ControlClient supervisor = ControlClient.running(state());
    List<PartStatus> parts = supervisor.status();
    if (json) {
      out().println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(parts));
      return 0;
    }
    out()
        .printf(
            "%-10s %-10s %6s %9s %10s %8s%n", "PART", "STATE", "PORT", "MEMORY", "UPTIME", "PID");
    long total = 0;
    for (PartStatus part : parts) {
      Long kib = part.rssKib();
      total += kib == null ? 0 : kib;
      out()
          .printf(
              "%-10s %-10s %6d %9s %10s %8s%s%n",
              part.name(),
              state(part),
              part.port(),
              memory(kib),
              uptime(part.uptimeSeconds()),
              part.pid() == null ? "-" : part.pid().toString(),
              part.restarts() == 0 ? "" : "  restarted " + part.restarts() + "×");
    }
    out().printf("%-10s %-10s %6s %9s%n", "in all", "", "", memory(total));
    out().println("gateway: " + supervisor.gateway() + ", logs: " + state().logs());
    return 0;
  }

  private static String state(PartStatus part) {
    return part.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String memory(@Nullable Long kib) {
    return kib == null ? "-" : kib / 1024 + " MiB";
  }

  private static String uptime(@Nullable Long seconds) {
    if (seconds == null) {
      return "-";
    }
    Duration up = Duration.ofSeconds(seconds);
    return up.toHours() > 0
        ? "%d h %02d m".formatted(up.toHours(), up.toMinutesPart())
        : "%d m %02d s".formatted(up.toMinutes(), up.toSecondsPart());
  }
}
