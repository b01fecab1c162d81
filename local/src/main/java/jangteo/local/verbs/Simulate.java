package jangteo.local.verbs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays histories of orders on virtual time, in a JVM of its own. */
@Command(
    name = "simulate",
    description = {
      "Plays histories of orders against the saga and the rules of item and payment, on virtual time,",
      "with crashes, delays and wrong clocks; fails when a promise does not hold (docs/saga.md)."
    })
final class Simulate extends Verb {
  @Option(names = "--runs", description = "How many histories (default: 1000000).")
  private @Nullable Long runs;

  @Option(
      names = "--seed",
      description = "The first history; alone, only this one is played, and printed.")
  private @Nullable Long seed;

  Simulate(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path target = checkout().resolve("simulation/target");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Xmx1g",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                jar(target) + ":" + Files.readString(target.resolve("classpath")).strip(),
                "jangteo.simulation.Main"));
    Optional.ofNullable(runs).ifPresent(n -> command.addAll(List.of("--runs", n.toString())));
    Optional.ofNullable(seed).ifPresent(s -> command.addAll(List.of("--seed", s.toString())));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static Path jar(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("jangteo-simulation-.*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("not built: " + target));
    }
  }
}
