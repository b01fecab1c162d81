package jangteo.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Schemathesis, which asks an API what its OpenAPI document allows, and what it does not. Python
 * packages of the exact versions of the resource {@code jangteo/local/fuzz/requirements.txt}, kept
 * in the cache: nothing is installed into Python.
 */
public final class Schemathesis {
  private static final String NAME = "schemathesis";
  private static final String REQUIREMENTS = "fuzz/requirements.txt";
  private static final String OTHERWISE = "Install python3 (3.11 or newer) and python3-pip.";
  private static final String PYTHON =
      "import sys; print(sys.implementation.cache_tag if sys.version_info >= (3, 11) else '')";
  private static final long BYTES = 150L << 20;
  private static final Duration QUICK = Duration.ofSeconds(60);

  private final Path packages;
  private final String version;

  private Schemathesis(Path packages, String version) {
    this.packages = packages;
    this.version = version;
  }

  /**
   * Takes the packages from the cache, fetched first when they are not there. Some of them are made
   * for one version of Python, so each has an entry of its own.
   *
   * @throws MissingPartException when python3, pip or the index is lacking
   * @throws IOException when files cannot be written
   */
  public static Schemathesis locate(Path cache, Progress progress) throws IOException {
    String requirements = Resources.text(REQUIREMENTS);
    Path packages =
        Cache.entry(
            cache,
            "%s-%s-%08x".formatted(NAME, python(), requirements.hashCode()),
            BYTES,
            folder -> {
              Pip.require("Schemathesis", OTHERWISE);
              progress.say("fetching Schemathesis (Python packages)");
              fetch(requirements, folder);
            });
    return new Schemathesis(packages, version(requirements));
  }

  private static String python() {
    String tag;
    try {
      tag = Command.run(QUICK, List.of("python3", "-c", PYTHON)).lastLine();
    } catch (IOException e) {
      throw new MissingPartException("python3, which runs Schemathesis", OTHERWISE);
    }
    if (tag.isEmpty()) {
      throw new MissingPartException("python3 of version 3.11 or newer", OTHERWISE);
    }
    return tag;
  }

  private static void fetch(String requirements, Path folder) throws IOException {
    Path list = Files.writeString(folder.resolve("requirements.txt"), requirements);
    Command.Outcome outcome = Pip.fetch("install", "--target=" + folder, "--requirement=" + list);
    if (!outcome.ok()) {
      throw new MissingPartException(
          "Schemathesis: pip could not fetch it (" + outcome.lastLine() + ")",
          "Check the network.");
    }
  }

  private static String version(String requirements) {
    return requirements
        .lines()
        .filter(line -> line.startsWith(NAME + "=="))
        .findFirst()
        .map(line -> line.substring(NAME.length() + 2))
        .orElseThrow(() -> new IllegalStateException(REQUIREMENTS + " has no " + NAME));
  }

  /** What was taken, in one line. */
  public String origin() {
    return "Schemathesis " + version;
  }

  /** Its command line with these arguments; it needs the {@link #environment}. */
  public List<String> command(List<String> arguments) {
    return Stream.concat(Stream.of("python3", "-m", "schemathesis.cli"), arguments.stream())
        .toList();
  }

  /** What the command needs beside what it inherits. */
  public Map<String, String> environment() {
    return Map.of("PYTHONPATH", packages.toString(), "PYTHONUTF8", "1");
  }
}
