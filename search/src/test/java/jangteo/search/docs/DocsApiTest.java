package jangteo.search.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.webserver.WebServer;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jangteo.testkit.Rest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The merged document and its page, as a browser gets them. */
final class DocsApiTest {

  private static WebServer server;
  private static Rest rest;

  @BeforeAll
  static void serve() {
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .routing(routing -> routing.register(new DocsApi()))
            .build()
            .start();
    rest = new Rest("http://127.0.0.1:" + server.port());
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @Test
  void theMergedDocumentIsValidOpenApi31() {
    Rest.Answer answer = rest.get("/api/v1/openapi");
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    assertThat(answer.body().at("/openapi").asText()).isEqualTo("3.1.0");

    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult parsed =
        new OpenAPIV3Parser().readContents(answer.body().toString(), null, options);

    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.getOpenAPI().getPaths()).containsKey("/api/v1/products/{productId}");
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    JsonNode document = rest.get("/api/v1/openapi").body();
    List<String> lost = new ArrayList<>();
    for (String reference : document.findValuesAsText("$ref")) {
      if (!reference.startsWith("#/") || document.at(reference.substring(1)).isMissingNode()) {
        lost.add(reference);
      }
    }
    assertThat(lost).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, text/html; charset=UTF-8",
    "/docs/, text/html; charset=UTF-8",
    "/docs/start.js, text/javascript; charset=UTF-8",
    "/docs/swagger-ui-bundle.js, text/javascript; charset=UTF-8",
    "/docs/swagger-ui.css, text/css; charset=UTF-8",
    "/docs/favicon-32x32.png, image/png"
  })
  void thePageAndAllItNeedsComeFromHere(String path, String contentType) {
    Rest.Answer answer = rest.get(path);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).hasValue(contentType);
    assertThat(answer.header("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("http");
  }

  @Test
  void thePageLoadsOnlyWhatIsServed() {
    String page = rest.get("/docs").body().asText();
    List<String> loaded =
        Pattern.compile("(?:src|href)=\"([^\"]+)\"")
            .matcher(page)
            .results()
            .map(DocsApiTest::path)
            .toList();
    assertThat(loaded)
        .hasSize(5)
        .allSatisfy(path -> assertThat(rest.get(path).status()).isEqualTo(200));
  }

  private static String path(MatchResult match) {
    return match.group(1);
  }
}
