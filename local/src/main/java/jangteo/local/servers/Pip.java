package jangteo.local.servers;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Python's pip, which fetches from whatever index and through whatever proxy it is set up for, and
 * checks what it gets.
 */
final class Pip {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration QUICK = Duration.ofSeconds(60);

  private Pip() {}

  /**
   * Makes sure that it is there.
   *
   * @param what what it is to fetch, for the reader
   * @param otherwise what the reader can do
   * @throws MissingPartException when there is no python3, or no pip for it
   */
  static void require(String what, String otherwise) {
    try {
      if (Command.run(QUICK, command(List.of("--version"))).ok()) {
        return;
      }
    } catch (IOException e) {
      throw new MissingPartException("python3, which fetches " + what, otherwise);
    }
    throw new MissingPartException("pip for python3, which fetches " + what, otherwise);
  }

  /** Runs it; only what is built already is fetched, and nothing beside what is named. */
  static Command.Outcome fetch(String verb, String... arguments) throws IOException {
    return Command.run(
        LIMIT,
        command(
            Stream.concat(
                    Stream.of(
                        verb,
                        "--disable-pip-version-check",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--progress-bar=off"),
                    Stream.of(arguments))
                .toList()));
  }

  private static List<String> command(List<String> arguments) {
    return Stream.concat(Stream.of("python3", "-m", "pip"), arguments.stream()).toList();
  }
}
