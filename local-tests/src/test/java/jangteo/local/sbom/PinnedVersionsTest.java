package jangteo.local.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Every library and every plugin has one version, and it is written down. What other projects'
 * build files leave open is for the enforcer (pom.xml), which sees them.
 */
class PinnedVersionsTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
  private static final XPath XPATH = XPathFactory.newInstance().newXPath();

  /** No range, and nothing that moves. */
  private static final Pattern PINNED =
      Pattern.compile("(?!LATEST|RELEASE)(?!.*-SNAPSHOT$)[0-9A-Za-z][0-9A-Za-z.+_-]*");

  /** A library or a plugin as a build file asks for it; without a version where it is managed. */
  private record Wanted(String kind, String name, String version) {}

  @Test
  @Tag("ASVS-15.1.2")
  void everyVersionIsWrittenDown() throws Exception {
    Document root = parse(ROOT.resolve("pom.xml"));
    Set<String> managedPlugins =
        wanted(root, root).stream()
            .filter(each -> each.kind().equals("plugin") && !each.version().isEmpty())
            .map(Wanted::name)
            .collect(Collectors.toSet());
    List<String> open = new ArrayList<>();
    int seen = 0;
    for (Path file : poms()) {
      for (Wanted each : wanted(parse(file), root)) {
        seen++;
        boolean managed =
            each.version().isEmpty()
                // Maven refuses a library that nobody manages, and takes any version of a plugin.
                && (each.kind().equals("dependency") || managedPlugins.contains(each.name()));
        if (!managed && !isPinned(each.version())) {
          open.add(file + ": " + each);
        }
      }
    }
    assertThat(seen).isGreaterThan(200);
    assertThat(open).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[1.0,2.0)",
        "[1.0]",
        "LATEST",
        "RELEASE",
        "1.0-SNAPSHOT",
        "${unknown}",
        "1.+ "
      })
  void whatMovesIsNotPinned(String version) {
    assertThat(isPinned(version)).isFalse();
  }

  private static boolean isPinned(String version) {
    return PINNED.matcher(version).matches();
  }

  /** All but the project's own modules, which are built together. */
  private static List<Wanted> wanted(Document pom, Document root) throws Exception {
    NodeList nodes =
        (NodeList) XPATH.evaluate("//dependency | //plugin | //path", pom, XPathConstants.NODESET);
    List<Wanted> wanted = new ArrayList<>();
    for (Node node : IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).toList()) {
      String group = text(node, "groupId");
      if (!group.equals("jangteo")) {
        wanted.add(
            new Wanted(
                node.getNodeName(),
                (group.isEmpty() ? "org.apache.maven.plugins" : group)
                    + ":"
                    + text(node, "artifactId"),
                resolved(text(node, "version"), root)));
      }
    }
    return wanted;
  }

  private static String resolved(String version, Document root) throws Exception {
    if (!version.matches("\\$\\{.+}")) {
      return version;
    }
    String property = version.substring(2, version.length() - 1);
    String value = XPATH.evaluate("/project/properties/*[name()='" + property + "']", root);
    return value.isEmpty() ? version : value;
  }

  private static String text(Node node, String child) throws Exception {
    return XPATH.evaluate(child, node).strip();
  }

  private static List<Path> poms() throws Exception {
    try (Stream<Path> files = Files.find(ROOT, 3, (file, _) -> file.endsWith("pom.xml"))) {
      List<Path> poms = files.sorted().toList();
      assertThat(poms).hasSizeGreaterThan(15);
      return poms;
    }
  }

  private static Document parse(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }
}
