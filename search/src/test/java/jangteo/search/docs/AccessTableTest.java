package jangteo.search.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code docs/access.md} shows who may make which call as the API's documents say. */
class AccessTableTest {

  private static final Path DOCS = Path.of(System.getProperty("basedir", "."), "..", "docs");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final String BEGIN = "<!-- generated from docs/api: begin -->\n";
  private static final String END = "<!-- generated from docs/api: end -->\n";

  private static final Map<String, String> OTHERS =
      Map.of(
          "403", "403: what belongs to somebody else, or is not theirs to do",
          "404", "404: what belongs to somebody else is not there");

  @Test
  @Tag("ASVS-8.1.1")
  void theTableIsTheDocuments() throws IOException {
    Path file = DOCS.resolve("access.md");
    String text = Files.readString(file, UTF_8);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    String generated = table();
    if (Boolean.getBoolean("access.docs.write")) {
      Files.writeString(file, text.substring(0, begin) + generated + text.substring(end), UTF_8);
      return;
    }
    assertThat(text.substring(begin, end))
        .as("docs/access.md is out of date; the command above its table writes it anew")
        .isEqualTo(generated);
  }

  private static String table() throws IOException {
    StringBuilder table = new StringBuilder();
    table.append("| service | call | who | others of them |\n| --- | --- | --- | --- |\n");
    for (String service : OpenApiDocument.SERVICES) {
      rows(service).forEach(row -> table.append(row).append('\n'));
    }
    return table.toString();
  }

  private static List<String> rows(String service) throws IOException {
    JsonNode document =
        new YAMLMapper().readTree(DOCS.resolve("api").resolve(service + ".yaml").toFile());
    Map<String, JsonNode> paths = new TreeMap<>();
    document.path("paths").properties().forEach(path -> paths.put(path.getKey(), path.getValue()));
    List<String> rows = new ArrayList<>();
    paths.forEach(
        (path, calls) ->
            calls.properties().stream()
                .filter(call -> METHODS.contains(call.getKey()))
                .forEach(call -> rows.add(row(service, call.getKey(), path, call.getValue()))));
    return rows;
  }

  private static String row(String service, String method, String path, JsonNode call) {
    JsonNode access = call.path("x-access");
    List<String> who = new ArrayList<>();
    access.path("who").forEach(role -> who.add(role.asText().toLowerCase(Locale.ROOT)));
    assertThat(who).as("%s %s says who may make it", method, path).isNotEmpty();
    return "| %s | `%s %s` | %s | %s |"
        .formatted(
            service,
            method.toUpperCase(Locale.ROOT),
            path,
            String.join(", ", who),
            OTHERS.getOrDefault(access.path("others").asText(), ""));
  }
}
