package jangteo.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * What clients get wrong in a JSON body: a right one of which each value in turn is replaced by all
 * that it should not be, and some that are no such body at all. Whatever a service makes of them is
 * never its own fault, and is told as problem details that name the field (design, section 4).
 */
public final class WrongBodies {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Raw JSON: some of it no library would write. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "12",
          "-1",
          "1.5",
          "1e400",
          "9223372036854775808",
          "9".repeat(400),
          "[]",
          "[null]",
          "{}",
          "{\"a\": 1}",
          "\"\"",
          "\" \"",
          "\"12\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"http://shop.example/\\udc00\"",
          "\"" + "x".repeat(20_000) + "\"");

  private static final List<String> NO_OBJECTS =
      List.of("", " ", "null", "7", "\"text\"", "[]", "{", "{\"a\":", "{\"a\": 1}", "nonsense");

  private static final String HERE = "\"@here@\"";

  private WrongBodies() {}

  /**
   * Sends them all.
   *
   * @param right a body that the call takes, as anything that Jackson writes
   * @throws AssertionError for the first answer that is not as agreed
   */
  public static void areNeverTheServicesFault(Object right, Function<String, Rest.Answer> call) {
    ObjectNode body = JSON.valueToTree(right);
    NO_OBJECTS.forEach(text -> check(call.apply(text), text, ""));
    withOneWrong(body).forEach((text, field) -> check(call.apply(text), text, field));
  }

  private static void check(Rest.Answer answer, String sent, String field) {
    boolean refused = answer.status() >= 400;
    boolean asAgreed =
        !refused
            || (answer.status() < 500
                && answer.header("Content-Type").orElse("").equals("application/problem+json")
                && answer.body().path("status").asInt() == answer.status()
                && (field.isEmpty() || isNamed(answer, field)));
    if (!asAgreed || (field.isEmpty() && !refused)) {
      String shown = sent.length() <= 300 ? sent : sent.substring(0, 300) + " …";
      throw new AssertionError(
          "%s was answered with %d: %s".formatted(shown, answer.status(), answer.body()));
    }
  }

  /** Only what is wrong with the body names a field of it. */
  private static boolean isNamed(Rest.Answer answer, String field) {
    boolean ofTheBody = answer.status() == 400 || answer.status() == 422;
    return !ofTheBody
        || StreamSupport.stream(answer.body().path("errors").spliterator(), false)
            .anyMatch(error -> error.path("field").asText().startsWith(field));
  }

  /** Each wrong body with the field at its top that is to blame. */
  private static Map<String, String> withOneWrong(ObjectNode right) {
    Map<String, String> wrong = new LinkedHashMap<>();
    for (String field : right.properties().stream().map(Map.Entry::getKey).toList()) {
      for (JsonNode marked : marked(right.get(field))) {
        String text = right.deepCopy().set(field, marked).toString();
        VALUES.forEach(value -> wrong.put(text.replace(HERE, value), field));
      }
    }
    ObjectNode more = right.deepCopy();
    more.put("nonsense", 1);
    wrong.put(more.toString(), "nonsense");
    return wrong;
  }

  /** The value with the mark in the place of itself, and of each value inside. */
  private static List<JsonNode> marked(JsonNode value) {
    List<JsonNode> all = new ArrayList<>();
    all.add(JSON.getNodeFactory().textNode("@here@"));
    if (value instanceof ObjectNode object) {
      for (String field : object.properties().stream().map(Map.Entry::getKey).toList()) {
        marked(object.get(field)).forEach(inner -> all.add(object.deepCopy().set(field, inner)));
      }
    } else if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        marked(array.get(i)).forEach(inner -> all.add(array.deepCopy().set(at, inner)));
      }
    }
    return all;
  }
}
