package jangteo.local.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the parts last called an error in their logs: where a violation was found, the logs may be
 * gone by the time that somebody looks for its cause.
 */
public final class Complaints {
  private static final Pattern ERROR = Pattern.compile("\\bERROR\\b");
  private static final int SHOWN_LINES = 4;
  private static final int SHOWN_CHARACTERS = 400;

  private final Path logs;

  /**
   * @param logs the folder with a {@code NAME.log} for each part
   */
  public Complaints(Path logs) {
    this.logs = logs;
  }

  /** The last few of each part, as {@code NAME: LINE}, the parts by name. */
  List<String> last() throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .sorted()
          .flatMap(Complaints::lastOf)
          .toList();
    }
  }

  private static Stream<String> lastOf(Path log) {
    String part = log.getFileName().toString().replaceFirst("\\.log$", "");
    Deque<String> last = new ArrayDeque<>();
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      lines
          .filter(line -> ERROR.matcher(line).find())
          .forEach(
              line -> {
                last.add(line);
                if (last.size() > SHOWN_LINES) {
                  last.remove();
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return last.stream()
        .map(line -> part + ": " + line.substring(0, Math.min(line.length(), SHOWN_CHARACTERS)));
  }
}
