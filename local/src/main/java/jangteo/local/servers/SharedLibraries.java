package jangteo.local.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Asks {@code ldd} which shared libraries a binary wants and the system does not have. */
final class SharedLibraries {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Debian's and Ubuntu's packages of the libraries that our servers want. */
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("libcurl.so.4", "libcurl4"),
          Map.entry("libssl.so.3", "libssl3"),
          Map.entry("libcrypto.so.3", "libssl3"),
          Map.entry("liblz4.so.1", "liblz4-1"),
          Map.entry("liblzma.so.5", "liblzma5"),
          Map.entry("libcap.so.2", "libcap2"),
          Map.entry("libsystemd.so.0", "libsystemd0"),
          Map.entry("libaio.so.1", "libaio1"),
          Map.entry("liburing.so.2", "liburing2"),
          Map.entry("libnuma.so.1", "libnuma1"),
          Map.entry("libtinfo.so.6", "libtinfo6"),
          Map.entry("libncurses.so.6", "libncurses6"),
          Map.entry("libz.so.1", "zlib1g"),
          Map.entry("libzstd.so.1", "libzstd1"),
          Map.entry("libstdc++.so.6", "libstdc++6"),
          Map.entry("libgcc_s.so.1", "libgcc-s1"));

  private SharedLibraries() {}

  /**
   * Passes when the binary can be loaded, or when there is no {@code ldd} to ask.
   *
   * @throws MissingPartException naming every missing library
   */
  static void require(Path binary, String server) {
    Command.Outcome outcome;
    try {
      outcome = Command.run(LIMIT, List.of("ldd", binary.toString()));
    } catch (IOException e) {
      return; // no ldd on this system: a missing library shows when the server starts
    }
    check(outcome.text(), server);
  }

  static void check(String ldd, String server) {
    Set<String> missing = new TreeSet<>();
    Set<String> packages = new TreeSet<>();
    for (String line : ldd.lines().toList()) {
      if (line.contains("version `GLIBC") && line.contains("not found")) {
        throw new MissingPartException(
            "a newer C library, which " + server + " needs (" + line.strip() + ")",
            "Use a newer system, or name a " + server + " built for this one.");
      }
      if (line.contains("=> not found")) {
        String library = line.strip().split(" ", 2)[0];
        missing.add(library);
        packages.add(PACKAGES.getOrDefault(library, "the package of " + library));
      }
    }
    if (!missing.isEmpty()) {
      throw new MissingPartException(
          String.join(", ", missing) + ", which " + server + " needs",
          "Install it; on Debian or Ubuntu: apt install " + String.join(" ", packages));
    }
  }
}
