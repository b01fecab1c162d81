package jangteo.local.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server's executable that the machine already has.
 *
 * @param path the executable
 * @param version what its {@code --version} says, in full
 * @param origin how it was found, for the reader
 */
record Binary(Path path, String version, String origin) {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Servers live here, and the PATH of a plain user often leaves them out. */
  private static final List<String> SYSTEM = List.of("/usr/local/sbin", "/usr/sbin");

  /**
   * The executable that the variable names.
   *
   * @throws MissingPartException when it is no executable, lacks a shared library, or is older than
   *     the minimum
   */
  static Optional<Binary> named(Map<String, String> environment, String variable, Version minimum) {
    return Cache.setting(environment, variable)
        .map(
            value -> {
              Path path = Path.of(value).toAbsolutePath();
              if (Files.isRegularFile(path)) {
                SharedLibraries.require(path, value); // else it could not say its version
              }
              String said = version(path).orElseThrow(() -> unusable(variable, value, minimum));
              if (Version.in(said).filter(version -> version.atLeast(minimum)).isEmpty()) {
                throw unusable(variable, value, minimum);
              }
              return new Binary(path, said, variable + "=" + value);
            });
  }

  private static MissingPartException unusable(String variable, String value, Version minimum) {
    return new MissingPartException(
        variable + "=" + value + ", which is no executable of version " + minimum + " or newer",
        "Name another one, or unset " + variable + " to have one fetched.");
  }

  /** The first executable of that name on the PATH that is new enough. */
  static Optional<Binary> onPath(Map<String, String> environment, String name, Version minimum) {
    List<String> folders = new ArrayList<>();
    Cache.setting(environment, "PATH")
        .ifPresent(path -> folders.addAll(List.of(path.split(File.pathSeparator, -1))));
    folders.addAll(SYSTEM);
    for (String folder : folders) {
      Path path = Path.of(folder.isEmpty() ? "." : folder, name).toAbsolutePath();
      Optional<String> said = version(path);
      if (said.flatMap(Version::in).filter(version -> version.atLeast(minimum)).isPresent()) {
        return Optional.of(new Binary(path, said.get(), path.toString()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> version(Path path) {
    if (!Files.isExecutable(path) || Files.isDirectory(path)) {
      return Optional.empty();
    }
    try {
      Command.Outcome outcome = Command.run(LIMIT, List.of(path.toString(), "--version"));
      return outcome.ok()
          ? outcome.text().lines().filter(line -> !line.isBlank()).findFirst()
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Found, in one line: where and which version. */
  String describe() {
    return origin + " (" + Version.in(version).map(Version::toString).orElse(version) + ")";
  }
}
