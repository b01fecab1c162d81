package jangteo.search.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.helidon.common.LazyValue;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jangteo.chassis.web.Json;
import jangteo.chassis.web.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * The merged OpenAPI document, and Swagger UI to browse it. Everything comes from this process: no
 * content delivery network, and the page may load nothing else.
 */
public final class DocsApi implements HttpService {

  private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");
  private static final HeaderName CACHING = HeaderNames.CACHE_CONTROL;

  /** Swagger UI sets styles on its elements; scripts come from files alone. */
  private static final String ONLY_OURS =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String HTML = "text/html; charset=UTF-8";
  private static final String SCRIPT = "text/javascript; charset=UTF-8";

  private final Supplier<byte[]> openApi = LazyValue.create(DocsApi::merged);
  private final Map<String, Asset> assets;

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  private record Asset(String contentType, byte[] bytes) {}

  /**
   * Reads the page; the document is merged when it is first asked for, so that a fault in it never
   * keeps the service from starting.
   */
  public DocsApi() {
    String ui = "META-INF/resources/webjars/swagger-ui/" + swaggerUiVersion() + "/";
    this.assets =
        Map.of(
            "index.html", asset(HTML, "jangteo/search/docs/index.html"),
            "start.js", asset(SCRIPT, "jangteo/search/docs/start.js"),
            "swagger-ui.css", asset("text/css; charset=UTF-8", ui + "swagger-ui.css"),
            "swagger-ui-bundle.js", asset(SCRIPT, ui + "swagger-ui-bundle.js"),
            "favicon-32x32.png", asset("image/png", ui + "favicon-32x32.png"));
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .get("/api/v1/openapi", this::openApi)
        .get("/docs", (request, response) -> send(response, "index.html"))
        .get("/docs/", (request, response) -> send(response, "index.html"))
        .get("/docs/{file}", this::file);
  }

  private void openApi(ServerRequest request, ServerResponse response) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.send(openApi.get());
  }

  private void file(ServerRequest request, ServerResponse response) {
    send(response, request.path().pathParameters().get("file"));
  }

  private void send(ServerResponse response, String file) {
    Asset asset =
        Optional.ofNullable(assets.get(file))
            .orElseThrow(() -> Problem.notFound("There is no such page.").exception());
    response.header(HeaderNames.CONTENT_TYPE, asset.contentType());
    response.header(POLICY, ONLY_OURS);
    response.header(CACHING, "max-age=3600");
    response.send(asset.bytes());
  }

  private static byte[] merged() {
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    OpenApiDocument all = new OpenApiDocument();
    try {
      for (String service : OpenApiDocument.SERVICES) {
        Optional<byte[]> document = resource("jangteo/search/openapi/" + service + ".yaml");
        if (document.isPresent()) {
          all.add(service, yaml.readTree(document.get()));
        }
      }
      return Json.mapper().writeValueAsBytes(all.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String swaggerUiVersion() {
    Properties properties = new Properties();
    try {
      properties.load(
          new ByteArrayInputStream(
              resource("META-INF/maven/org.webjars/swagger-ui/pom.properties")
                  .orElse(new byte[0])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }

  private static Asset asset(String contentType, String resource) {
    return new Asset(
        contentType,
        resource(resource)
            .orElseThrow(() -> new IllegalStateException(resource + " is not on the class path")));
  }

  private static Optional<byte[]> resource(String name) {
    try (InputStream in = DocsApi.class.getResourceAsStream("/" + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
