package jangteo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each part of the shop has cost so far.
 *
 * @param parts by name
 */
record Costs(Map<String, Cost> parts) {

  /**
   * One process.
   *
   * @param cpu on all cores
   * @param written bytes that it had the system write to disk (Linux; 0 elsewhere)
   */
  record Cost(Duration cpu, long written) {
    Cost since(Cost before) {
      return new Cost(cpu.minus(before.cpu), written - before.written);
    }
  }

  /** Of all parts that run now. */
  static Costs now(Path state) throws IOException {
    return of(processes(state));
  }

  /** The process ids of the parts of the shop on that folder. */
  static Map<String, Long> processes(Path state) throws IOException {
    Map<String, Long> pids = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(state.resolve("pids"), "*.pid")) {
      for (Path file : files) {
        long pid = Long.parseLong(Files.readString(file).lines().findFirst().orElse("0"));
        pids.put(file.getFileName().toString().replace(".pid", ""), pid);
      }
    }
    return pids;
  }

  /** Of these processes, as far as they run. */
  static Costs of(Map<String, Long> pids) {
    Map<String, Cost> parts = new TreeMap<>();
    pids.forEach(
        (name, pid) ->
            ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .ifPresent(cpu -> parts.put(name, new Cost(cpu, written(pid)))));
    return new Costs(parts);
  }

  private static long written(long pid) {
    Path io = Path.of("/proc", Long.toString(pid), "io");
    try {
      return Files.exists(io)
          ? Files.readAllLines(io).stream()
              .filter(line -> line.startsWith("write_bytes:"))
              .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
              .sum()
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line per part, and the sum, divided by the number of orders. */
  String perOrder(Costs before, long orders) {
    StringBuilder text = new StringBuilder();
    Duration cpu = Duration.ZERO;
    long written = 0;
    for (Map.Entry<String, Cost> part : parts.entrySet()) {
      Cost cost =
          part.getValue()
              .since(before.parts.getOrDefault(part.getKey(), new Cost(Duration.ZERO, 0)));
      text.append(line(part.getKey(), cost, orders));
      cpu = cpu.plus(cost.cpu());
      written += cost.written();
    }
    return text.append(line("in all", new Cost(cpu, written), orders)).toString();
  }

  private static String line(String name, Cost cost, long orders) {
    return "  %-10s %7.2f CPU-ms  %8.1f KiB to disk%n"
        .formatted(name, cost.cpu().toNanos() / 1e6 / orders, cost.written() / 1024.0 / orders);
  }
}
