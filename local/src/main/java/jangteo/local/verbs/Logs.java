package jangteo.local.verbs;

import jangteo.local.Refusal;
import jangteo.local.logs.TraceInLogs;
import jangteo.local.logs.TracedLine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the end of a part's log, or what all parts have logged within a trace. */
@Command(
    name = "logs",
    description = "The end of a part's log; or, with --trace, what all parts say of one request.")
final class Logs extends Verb {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");

  @ArgGroup(multiplicity = "1")
  private Wanted wanted = new Wanted();

  /** One of both. */
  private static final class Wanted {
    @Parameters(paramLabel = "NAME", description = "The part, or launcher, or build.")
    private @Nullable String name;

    @Option(
        names = "--trace",
        paramLabel = "ID",
        description = "The traceId that an error, or an order's timeline, names.")
    private @Nullable String traceId;
  }

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
    return wanted.traceId != null ? trace(wanted.traceId) : end(String.valueOf(wanted.name));
  }

  private int trace(String traceId) throws IOException {
    if (!TRACE_ID.matcher(traceId).matches()) {
      throw new Refusal("A trace id is 32 of 0-9 and a-f; this is " + traceId);
    }
    List<TracedLine> found =
        Files.isDirectory(state().logs()) ? TraceInLogs.find(state().logs(), traceId) : List.of();
    found.forEach(out()::println);
    if (found.isEmpty()) {
      out()
          .println(
              "No part has logged anything of that trace; the gateway writes its lines every 10 s.");
    }
    return found.isEmpty() ? 1 : 0;
  }

  private int end(String name) throws IOException, InterruptedException {
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
