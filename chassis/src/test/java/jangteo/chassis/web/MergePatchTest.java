package jangteo.chassis.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

  /** The cases of RFC 7396, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":"b"}                | {"a":"c"}                       | {"a":"c"}
          {"a":"b"}                | {"b":"c"}                       | {"a":"b","b":"c"}
          {"a":"b"}                | {"a":null}                      | {}
          {"a":"b","b":"c"}        | {"a":null}                      | {"b":"c"}
          {"a":["b"]}              | {"a":"c"}                       | {"a":"c"}
          {"a":"c"}                | {"a":["b"]}                     | {"a":["b"]}
          {"a":{"b":"c"}}          | {"a":{"b":"d","c":null}}        | {"a":{"b":"d"}}
          {"a":[{"b":"c"}]}        | {"a":[1]}                       | {"a":[1]}
          ["a","b"]                | ["c","d"]                       | ["c","d"]
          {"a":"b"}                | ["c"]                           | ["c"]
          {"a":"foo"}              | null                            | null
          {"a":"foo"}              | "bar"                           | "bar"
          {"e":null}               | {"a":1}                         | {"e":null,"a":1}
          [1,2]                    | {"a":"b","c":null}              | {"a":"b"}
          {}                       | {"a":{"bb":{"ccc":null}}}       | {"a":{"bb":{}}}
          """)
  void mergesAsTheRfcSays(String target, String patch, String result) {
    assertThat(MergePatch.merge(json(target), json(patch))).isEqualTo(json(result));
  }

  record Shelf(String name, Map<String, String> labels) {}

  @Test
  void changesWhatIsThereAndKeepsTheRest() {
    var patch = new MergePatch((ObjectNode) json("{\"labels\":{\"a\":null,\"b\":\"2\"}}"));

    assertThat(patch.applyTo(new Shelf("신발", Map.of("a", "1", "c", "3")), Shelf.class))
        .isEqualTo(new Shelf("신발", Map.of("b", "2", "c", "3")));
  }

  @Test
  void namesTheFieldThatDoesNotFit() {
    Shelf shelf = new Shelf("신발", Map.of());

    assertThatThrownBy(
            () -> new MergePatch((ObjectNode) json("{\"name\":1}")).applyTo(shelf, Shelf.class))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(400);
              assertThat(e.problem().errors().getFirst().field()).isEqualTo("name");
            });
    assertThatThrownBy(
            () -> new MergePatch((ObjectNode) json("{\"size\":1}")).applyTo(shelf, Shelf.class))
        .hasMessageContaining("size");
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
