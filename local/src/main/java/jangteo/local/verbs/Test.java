package jangteo.local.verbs;

import jangteo.local.testing.TestRun;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs all tests. */
@Command(
    name = "test",
    description = "Runs every test of every module on real servers; all of them end with it.")
final class Test extends Verb {
  @Parameters(
      paramLabel = "MAVEN",
      description = "Arguments for Maven instead of those for all (after --).")
  private List<String> maven = List.of();

  Test(Path checkout) {
    super(checkout);
  }

  @Override
  public Integer call() throws Exception {
    return new TestRun(checkout(), out()).run(maven);
  }
}
