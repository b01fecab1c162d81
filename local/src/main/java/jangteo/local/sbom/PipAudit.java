package jangteo.local.sbom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jangteo.local.servers.Cache;
import jangteo.local.servers.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the Python package index itself says of its packages, asked by pip-audit, which pip fetches
 * once.
 */
public final class PipAudit implements Advisories {
  private static final String VERSION = "2.10.1";
  private static final String PYPI = "pkg:pypi/";
  private static final long BYTES = 100L << 20;
  private static final Duration FETCH_LIMIT = Duration.ofMinutes(3);
  private static final Duration ASK_LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path cache;

  /** Kept in the cache. */
  public PipAudit(Path cache) {
    this.cache = cache;
  }

  @Override
  public String name() {
    return "PyPI";
  }

  @Override
  public boolean covers(String packageUrl) {
    return packageUrl.startsWith(PYPI);
  }

  @Override
  public List<Finding> about(List<String> packageUrls) throws IOException {
    Path program = Cache.entry(cache, "pip-audit-" + VERSION, BYTES, PipAudit::fetch);
    Path requirements = Files.createTempFile("jangteo-packages", ".txt");
    try {
      Files.writeString(
          requirements,
          packageUrls.stream()
              .map(purl -> purl.substring(PYPI.length()).replace("@", "=="))
              .collect(Collectors.joining("\n", "", "\n")));
      return findings(ask(program, requirements));
    } finally {
      Files.deleteIfExists(requirements);
    }
  }

  private static void fetch(Path folder) throws IOException {
    Command.Outcome fetched =
        Command.run(
            FETCH_LIMIT,
            List.of(
                "python3",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--target=" + folder,
                "pip-audit==" + VERSION));
    if (!fetched.ok()) {
      throw new IOException("pip could not fetch pip-audit: " + fetched.lastLine());
    }
  }

  private static String ask(Path program, Path requirements) throws IOException {
    Command.Outcome outcome =
        Command.run(
            ASK_LIMIT,
            List.of(
                "env",
                "PYTHONPATH=" + program,
                "python3",
                "-m",
                "pip_audit",
                "--requirement=" + requirements,
                "--no-deps",
                "--disable-pip",
                "--timeout=10",
                "--progress-spinner=off",
                "--format=json"));
    return outcome
        .text()
        .lines()
        .filter(line -> line.startsWith("{"))
        .findFirst()
        .orElseThrow(() -> new IOException(outcome.lastLine()));
  }

  private static List<Finding> findings(String report) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (JsonNode each : tree(report).path("dependencies")) {
      String name = each.path("name").asText();
      if (each.has("skip_reason")) {
        throw new IOException(name + ": " + each.path("skip_reason").asText());
      }
      for (JsonNode known : each.path("vulns")) {
        String purl = PYPI + name + "@" + each.path("version").asText();
        findings.add(new Finding(purl, known.path("id").asText()));
      }
    }
    return findings;
  }

  private static JsonNode tree(String report) throws IOException {
    try {
      return JSON.readTree(report);
    } catch (JsonProcessingException e) {
      throw new IOException("pip-audit said what cannot be read: " + report, e);
    }
  }
}
