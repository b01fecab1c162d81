package jangteo.local.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A program that is published as a Go module: built by the machine's Go, from whatever module proxy
 * it is set up for, which also checks the module's sum.
 *
 * @param module the path of the main package
 * @param version the exact version, with its {@code v}
 * @param program the program's name, for the reader
 * @param variable the environment variable that names an own one
 * @param bytes about how much room the program needs
 */
record GoModule(String module, String version, String program, String variable, long bytes) {
  private static final Version MINIMUM = new Version(1, 21);
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(15);
  private static final Duration QUICK = Duration.ofSeconds(60);

  /** Its package URL. */
  String purl() {
    return "pkg:golang/" + module + "@" + version;
  }

  /** The program in the cache, built first when it is not there. */
  Path fetch(Path cache, Progress progress) throws IOException {
    String name = module.substring(module.lastIndexOf('/') + 1);
    return Cache.entry(
            cache,
            name + "-" + version,
            bytes,
            folder -> {
              requireGo();
              progress.say("building %s (Go module %s %s)".formatted(program, module, version));
              build(folder);
            })
        .resolve(name);
  }

  private void requireGo() {
    boolean present;
    try {
      Command.Outcome said = Command.run(QUICK, List.of("go", "version"));
      present =
          said.ok()
              && Version.in(said.text()).filter(version -> version.atLeast(MINIMUM)).isPresent();
    } catch (IOException e) {
      present = false;
    }
    if (!present) {
      throw new MissingPartException(
          "Go %s or newer, which builds %s".formatted(MINIMUM, program),
          "Install it, or name an own %s by %s.".formatted(program, variable));
    }
  }

  private void build(Path folder) throws IOException {
    Command.Outcome built =
        Command.run(
            BUILD_LIMIT,
            List.of(
                "env",
                "GOBIN=" + folder,
                "GOFLAGS=-trimpath",
                "go",
                "install",
                module + "@" + version));
    if (!built.ok()) {
      throw new MissingPartException(
          "%s: Go could not build %s %s (%s)".formatted(program, module, version, built.lastLine()),
          "Check the network, or name an own %s by %s.".formatted(program, variable));
    }
  }
}
