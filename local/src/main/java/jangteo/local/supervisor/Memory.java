package jangteo.local.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of a process, as the operating system counts it. */
public final class Memory {
  private Memory() {}

  /** In KiB; 0 when the process is gone or the system does not tell. */
  public static long residentKib(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    try {
      return Files.exists(Path.of("/proc/self/status")) ? fromProc(status) : fromPs(pid);
    } catch (IOException | NumberFormatException e) {
      return 0; // the process ended between two looks
    }
  }

  private static long fromProc(Path status) throws IOException {
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }

  private static long fromPs(long pid) throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
    try (var output = ps.getInputStream()) {
      return Long.parseLong(new String(output.readAllBytes(), StandardCharsets.US_ASCII).strip());
    }
  }
}
