package jangteo.member;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rows of {@code docs/security.md} and the tests that bear their names. */
class SecurityDocsTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
  private static final Pattern ROW =
      Pattern.compile("^\\| ((?:ASVS |API)[0-9.]+) \\| .* \\| .* \\| (`.*`) \\|$");
  private static final Pattern TEST =
      Pattern.compile(
          "((?:  @Tag\\(\"[^\"]+\"\\)\\n)+)(?:  @.*\\n)*  (?:public )?void ([A-Za-z0-9]+)\\(");
  private static final Pattern TAG = Pattern.compile("@Tag\\(\"((?:ASVS-|API)[0-9.]+)\"\\)");

  @Test
  void everyRowHasItsTestsAndEveryTestItsRow() throws IOException {
    Set<String> told = new TreeSet<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/security.md"), UTF_8)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Arrays.stream(row.group(2).split(", "))
            .forEach(test -> told.add(row.group(1) + " " + test.replace("`", "")));
      }
    }
    assertThat(told).hasSizeGreaterThan(80).isEqualTo(tagged());
  }

  private static Set<String> tagged() throws IOException {
    Set<String> tests = new TreeSet<>();
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
        files
            .filter(file -> file.toString().endsWith("Test.java"))
            .forEach(file -> tests.addAll(tagged(file)));
      }
    }
    return tests;
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.filter(folder -> Files.isDirectory(folder.resolve("src/test/java"))).toList();
    }
  }

  private static Set<String> tagged(Path file) {
    String name = file.getFileName().toString().replace(".java", "");
    Set<String> tests = new TreeSet<>();
    Matcher test = TEST.matcher(text(file));
    while (test.find()) {
      Matcher tag = TAG.matcher(test.group(1));
      while (tag.find()) {
        tests.add(tag.group(1).replace('-', ' ') + " " + name + "." + test.group(2));
      }
    }
    return tests;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
