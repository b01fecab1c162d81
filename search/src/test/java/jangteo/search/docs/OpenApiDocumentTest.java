package jangteo.search.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.Test;

/** Several services' documents as one. */
final class OpenApiDocumentTest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final String ITEM =
      """
      security: [{bearer: []}]
      paths:
        /items:
          get:
            operationId: getItems
            responses: {"200": {$ref: '#/components/responses/Ok'}}
      components:
        schemas:
          Money: {type: object}
          Thing: {type: string}
        responses:
          Ok: {description: one}
      """;

  private static final String ORDER =
      """
      paths:
        /orders:
          get:
            operationId: getOrders
            responses: {"200": {$ref: '#/components/responses/Ok'}}
          post:
            requestBody: {$ref: '#/components/schemas/Money'}
            responses: {"200": {$ref: '#/components/schemas/Thing'}}
      components:
        schemas:
          Money: {type: object}
          Thing: {type: integer}
        responses:
          Ok: {description: another}
      """;

  @Test
  void whatIsAlikeIsThereOnceAndWhatIsNotGetsANameOfItsOwn() throws Exception {
    JsonNode all = new OpenApiDocument().add("item", yaml(ITEM)).add("order", yaml(ORDER)).json();
    assertThat(all.at("/components/schemas").properties())
        .extracting(entry -> entry.getKey())
        .containsExactly("Money", "Thing", "OrderThing");
    assertThat(all.at("/paths/~1items/get/responses/200/$ref").asText())
        .isEqualTo("#/components/responses/Ok");
    assertThat(all.at("/paths/~1orders/get/responses/200/$ref").asText())
        .isEqualTo("#/components/responses/OrderOk");
    assertThat(all.at("/paths/~1orders/post/requestBody/$ref").asText())
        .isEqualTo("#/components/schemas/Money");
    assertThat(all.at("/paths/~1orders/post/responses/200/$ref").asText())
        .isEqualTo("#/components/schemas/OrderThing");
  }

  @Test
  void securityOfADocumentHoldsForItsOwnCallsAlone() throws Exception {
    JsonNode all = new OpenApiDocument().add("item", yaml(ITEM)).add("order", yaml(ORDER)).json();
    assertThat(all.at("/paths/~1items/get/security/0/bearer").isArray()).isTrue();
    assertThat(all.at("/paths/~1orders/get/security").isMissingNode()).isTrue();
    assertThat(all.at("/security").isMissingNode()).isTrue();
  }

  @Test
  void aCallBelongsToOneServiceAlone() throws Exception {
    OpenApiDocument all = new OpenApiDocument().add("item", yaml(ITEM));
    JsonNode same = yaml(ITEM.replace("Ok'", "Other'").replace("Ok:", "Other:"));
    assertThatThrownBy(() -> all.add("order", same))
        .isInstanceOf(OpenApiDocument.ConflictException.class)
        .hasMessageContaining("get /items");
  }

  private static JsonNode yaml(String text) throws JsonProcessingException {
    return YAML.readTree(text);
  }
}
