package jangteo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest;
import jangteo.testkit.Rest.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The one door of the shop, and what it says about itself. */
@Order(3)
class GatewayTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final Rest anyone = RunningShop.get().rest();
  private final Person visitor = Person.signedUp("점검");

  @Test
  @Tag("ASVS-4.1.1")
  void anUnknownPathIsAProblem() {
    Answer answer = anyone.get("/nowhere");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
    assertThat(answer.body().get("status").asInt()).isEqualTo(404);
  }

  @Test
  @Tag("ASVS-13.4.5")
  void healthAndMetricsStayInside() {
    assertThat(anyone.get("/observe/health/ready").status()).isEqualTo(404);
    assertThat(anyone.get("/observe/metrics").status()).isEqualTo(404);
  }

  @Test
  void everyAnswerCarriesARequestId() {
    assertThat(anyone.get("/api/v1/products").header("x-request-id")).isPresent();
  }

  @Test
  @Tag("API9")
  void everyListedOperationIsServed() {
    Answer document = anyone.get("/api/v1/openapi");
    assertThat(document.status()).isEqualTo(200);
    assertThat(document.body().path("openapi").asText()).startsWith("3.1");

    List<String> notServed = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (var path : document.body().path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        if (METHODS.contains(operation.getKey())) {
          String call = operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
          asked.add(call);
          if (ask(operation.getKey(), path.getKey()) == 501 || lists(operation.getValue(), 501)) {
            notServed.add(call);
          }
        }
      }
    }
    assertThat(asked).hasSizeGreaterThan(15);
    assertThat(notServed).isEmpty();
  }

  private int ask(String method, String path) {
    String filled =
        path.replaceAll("\\{(order|payment|review)Id}", "00000000-0000-4000-8000-000000000000")
            .replaceAll("\\{[^}]*}", "1");
    var body =
        method.matches("get|delete") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}");
    boolean mayEndItsSession = path.matches(".*/(auth|members)/.*");
    return (mayEndItsSession ? Person.signedUp("점검") : visitor)
        .rest()
        .send(method.toUpperCase(Locale.ROOT), filled, body)
        .status();
  }

  private static boolean lists(JsonNode operation, int status) {
    return operation.path("responses").has(Integer.toString(status));
  }
}
