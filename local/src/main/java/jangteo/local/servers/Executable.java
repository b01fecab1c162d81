package jangteo.local.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The executable of a server that was decided on.
 *
 * @param path the executable
 * @param origin which one was taken, in one line
 */
record Executable(Path path, String origin) {

  /** Gets the executable that the project brings itself. */
  @FunctionalInterface
  interface Fetch {
    Executable run() throws IOException;
  }

  /**
   * Takes the one that the variable names, or the first on the PATH that is new enough, or the
   * project's own.
   *
   * @param name the file name looked for on the PATH
   * @param server what the server is called, for the reader
   * @throws MissingPartException when something is lacking that cannot be fetched
   * @throws IOException when fetching or unpacking fails
   */
  static Executable choose(
      Map<String, String> environment,
      String variable,
      String name,
      Version minimum,
      String server,
      Fetch own)
      throws IOException {
    Optional<Binary> found =
        Binary.named(environment, variable, minimum)
            .or(() -> Binary.onPath(environment, name, minimum));
    Executable chosen =
        found.isPresent() ? new Executable(found.get().path(), found.get().describe()) : own.run();
    SharedLibraries.require(chosen.path(), server);
    return chosen;
  }
}
