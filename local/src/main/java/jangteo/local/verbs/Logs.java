package jangteo.local.verbs;

import jangteo.local.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the end of a part's log. */
@Command(name = "logs", description = "The end of a part's log.")
final class Logs extends Verb {
  private static final Duration LOOK = Duration.ofMillis(200);

  @Parameters(paramLabel = "NAME", description = "The part, or launcher, or build.")
  private String name = "";

  @Option(
      names = "-n",
      paramLabel = "LINES",
      description = "How many lines (default: ${DEFAULT-VALUE}).")
  private int lines = 100;

  @Option(names = "-f", description = "Goes on as the log grows, until Ctrl-C.")
  private boolean follow;

  Logs(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    Path log = state().log(name);
    if (!Files.isRegularFile(log) || !state().logs().equals(log.normalize().getParent())) {
      throw new Refusal("There is no log of " + name + "; there are logs of: " + known());
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(startOfLast(file));
      copy(file);
      while (follow) {
        Thread.sleep(LOOK);
        if (file.length() < file.getFilePointer()) {
          file.seek(0);
        }
        copy(file);
      }
    }
    return 0;
  }

  private String known() throws IOException {
    if (!Files.isDirectory(state().logs())) {
      return "nothing, for the shop never ran";
    }
    try (Stream<Path> files = Files.list(state().logs())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".log"))
          .map(file -> file.substring(0, file.length() - ".log".length()))
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }

  /** Where the last lines begin, found from the end in blocks. */
  private long startOfLast(RandomAccessFile file) throws IOException {
    long position = file.length();
    int ends = 0;
    byte[] block = new byte[8192];
    while (position > 0) {
      int size = (int) Math.min(block.length, position);
      position -= size;
      file.seek(position);
      file.readFully(block, 0, size);
      for (int i = size - 1; i >= 0; i--) {
        boolean lastByte = position + i == file.length() - 1;
        if (block[i] == '\n' && !lastByte && ++ends == lines) {
          return position + i + 1;
        }
      }
    }
    return 0;
  }

  private void copy(RandomAccessFile file) throws IOException {
    byte[] bytes = new byte[(int) Math.min(file.length() - file.getFilePointer(), 1 << 20)];
    while (bytes.length > 0) {
      file.readFully(bytes);
      System.out.write(bytes);
      bytes = new byte[(int) Math.min(file.length() - file.getFilePointer(), 1 << 20)];
    }
    System.out.flush();
  }
}
