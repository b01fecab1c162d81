package jangteo.local.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What the test reports of one Maven run add up to.
 *
 * @param tests how many ran
 * @param skipped how many of them were skipped
 * @param failed the names of those that failed
 */
record SurefireReports(int tests, int skipped, List<String> failed) {

  /** Reads the reports of every module that were written since the instant. */
  static SurefireReports since(Path checkout, Instant start) throws IOException {
    int tests = 0;
    int skipped = 0;
    List<String> failed = new ArrayList<>();
    for (Path report : reports(checkout, start)) {
      Element suite = parse(report).getDocumentElement();
      tests += Integer.parseInt(suite.getAttribute("tests"));
      skipped += Integer.parseInt(suite.getAttribute("skipped"));
      NodeList cases = suite.getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        Element one = (Element) cases.item(i);
        if (has(one, "failure") || has(one, "error")) {
          failed.add(one.getAttribute("classname") + "." + one.getAttribute("name"));
        }
      }
    }
    return new SurefireReports(tests, skipped, failed);
  }

  private static boolean has(Element test, String child) {
    return test.getElementsByTagName(child).getLength() > 0;
  }

  private static List<Path> reports(Path checkout, Instant start) throws IOException {
    try (Stream<Path> modules = Files.list(checkout)) {
      return modules
          .map(module -> module.resolve("target/surefire-reports"))
          .filter(Files::isDirectory)
          .flatMap(SurefireReports::files)
          .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
          .filter(file -> !modified(file).isBefore(start))
          .sorted()
          .toList();
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Document parse(Path report) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(report + " is no test report", e);
    }
  }
}
