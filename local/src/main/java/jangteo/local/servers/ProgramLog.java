package jangteo.local.servers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A program's log file as one start sees it: it is appended to, a large one is put aside as {@code
 * <file>.1} first, and the tail shows only what came since this start.
 */
final class ProgramLog {
  private static final long LARGE = 20L * 1024 * 1024;
  private static final int TAIL_BYTES = 16 * 1024;
  private static final int TAIL_LINES = 15;

  private final Path file;
  private final long from;

  private ProgramLog(Path file, long from) {
    this.file = file;
    this.from = from;
  }

  static ProgramLog open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    long size = Files.exists(file) ? Files.size(file) : 0;
    if (size > LARGE) {
      Path aside = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      size = 0;
    }
    return new ProgramLog(file, size);
  }

  /** The last lines since this start, indented. */
  String tail() {
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(from, reader.length() - TAIL_BYTES);
      reader.seek(start);
      byte[] bytes = new byte[(int) (reader.length() - start)];
      reader.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.isEmpty()
          ? "  (it said nothing)"
          : String.join(
              "\n",
              lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                  .map(line -> "  " + line)
                  .toList());
    } catch (IOException e) {
      return "  (" + e.getMessage() + ")";
    }
  }
}
