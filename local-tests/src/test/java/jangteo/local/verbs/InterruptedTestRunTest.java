package jangteo.local.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./jangteo test} on a small checkout whose one test starts processes and does not end; the
 * run is interrupted. Only Linux tells which processes belong to a run.
 */
@EnabledOnOs(OS.LINUX)
class InterruptedTestRunTest {
  private static final Duration STARTED = Duration.ofMinutes(3);
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path checkout;
  private LauncherProcess run;
  private final List<ProcessHandle> all = new ArrayList<>();

  @BeforeEach
  void startARun() throws Exception {
    Path here = Path.of(System.getProperty("basedir", ".")).toRealPath();
    Path script = checkout.resolve("jangteo");
    Files.copy(here.resolveSibling("jangteo"), script);
    Files.writeString(
        checkout.resolve("pom.xml"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>jangteo</groupId>
            <artifactId>jangteo</artifactId>
            <version>0.1.0-SNAPSHOT</version>
            <relativePath>%s</relativePath>
          </parent>
          <artifactId>jangteo-endless</artifactId>
          <dependencies>
            <dependency>
              <groupId>org.junit.jupiter</groupId>
              <artifactId>junit-jupiter</artifactId>
              <scope>test</scope>
            </dependency>
          </dependencies>
          <build>
            <testOutputDirectory>%s</testOutputDirectory>
          </build>
        </project>
        """
            .formatted(
                checkout.toRealPath().relativize(here.resolveSibling("pom.xml")),
                here.resolve("target/test-classes")));
    run =
        LauncherProcess.leading(checkout, "test", "--", "-o", "surefire:test", "-Dtest=EndlessRun");
    Path pids = checkout.resolve("target/pids");
    await()
        .atMost(STARTED)
        .failFast("the run ended by itself", () -> !run.process().isAlive())
        .until(() -> Files.exists(pids));
    all.addAll(run.process().descendants().toList());
    for (String pid : Files.readAllLines(pids)) {
      all.add(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
    }
  }

  @AfterEach
  void endAll() {
    run.process().descendants().forEach(ProcessHandle::destroyForcibly);
    run.process().destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void ctrlCLeavesNothing() throws Exception {
    signal("INT", "-" + run.process().pid()); // the whole group, as the terminal does

    assertNothingIsLeft(128 + 2);
  }

  @Test
  void sigtermLeavesNothing() throws Exception {
    signal("TERM", Long.toString(run.process().pid()));

    assertNothingIsLeft(128 + 15);
  }

  private static void signal(String name, String target) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, "--", target).inheritIO().start().waitFor();
  }

  private void assertNothingIsLeft(int exitCode) throws InterruptedException {
    assertThat(run.exitCode()).as(run.text()).isEqualTo(exitCode);
    await().atMost(SOON).untilAsserted(() -> assertThat(all).noneMatch(ProcessHandle::isAlive));
  }
}
