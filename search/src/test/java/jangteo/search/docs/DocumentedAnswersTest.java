package jangteo.search.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The gateway itself may answer any call, so each document says so of each call. */
class DocumentedAnswersTest {

  private static final Path DOCS = Path.of(System.getProperty("basedir", "."), "..", "docs", "api");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** What it cannot read, a token that does not work, and a service that is away. */
  private static final List<String> GATEWAYS = List.of("400", "401", "503");

  @Test
  void whatTheGatewayAnswersIsDocumented() throws IOException {
    List<String> calls = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String service : OpenApiDocument.SERVICES) {
      JsonNode document = new YAMLMapper().readTree(DOCS.resolve(service + ".yaml").toFile());
      for (var path : document.path("paths").properties()) {
        for (var call : path.getValue().properties()) {
          if (METHODS.contains(call.getKey())) {
            calls.add(path.getKey());
            GATEWAYS.stream()
                .filter(status -> !call.getValue().path("responses").has(status))
                .map(status -> call.getKey() + " " + path.getKey() + ": " + status)
                .forEach(missing::add);
          }
        }
      }
    }
    assertThat(calls).hasSizeGreaterThan(70);
    assertThat(missing).isEmpty();
  }
}
