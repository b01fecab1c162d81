package jangteo.local.logs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds all that any part has logged within one trace. */
public final class TraceInLogs {

  private static final String ENDING = ".log";

  private TraceInLogs() {}

  /**
   * The lines of that trace, in the order of their times.
   *
   * @param logs the folder with a log per part
   * @param traceId 32 hexadecimal digits
   */
  public static List<TracedLine> find(Path logs, String traceId) throws IOException {
    List<TracedLine> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path log : files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList()) {
        String name = log.getFileName().toString();
        read(log, name.substring(0, name.length() - ENDING.length()), traceId, found);
      }
    }
    found.sort(Comparator.comparing(TracedLine::at));
    return found;
  }

  /** A log of a server may hold bytes that are no text: they are replaced, not refused. */
  private static void read(Path log, String part, String traceId, List<TracedLine> found)
      throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        TracedLine.read(part, line, traceId).ifPresent(found::add);
      }
    }
  }
}
