package jangteo.local;

import jangteo.local.servers.MissingPartException;
import jangteo.local.verbs.Verbs;
import java.nio.file.Path;
import picocli.CommandLine;

/** The entry of {@code ./jangteo}: reads the verb, runs it, says in one line what went wrong. */
public final class Main {
  private Main() {}

  /**
   * Runs one verb; the exit code is 0 when it did what was asked, 1 when not, 2 for wrong words.
   */
  public static void main(String[] args) {
    System.exit(commandLine(checkout()).execute(args));
  }

  static CommandLine commandLine(Path checkout) {
    return Verbs.commandLine(checkout)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("jangteo: " + oneLine(failure));
              if (System.getenv("JANGTEO_DEBUG") != null) {
                failure.printStackTrace(command.getErr());
              }
              return 1;
            });
  }

  private static Path checkout() {
    return Path.of(System.getProperty("jangteo.root", ".")).toAbsolutePath().normalize();
  }

  private static String oneLine(Exception failure) {
    return failure instanceof Refusal || failure instanceof MissingPartException
        ? String.valueOf(failure.getMessage())
        : failure + " (JANGTEO_DEBUG=1 shows where)";
  }
}
