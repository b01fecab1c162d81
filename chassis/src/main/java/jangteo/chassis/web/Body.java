package jangteo.chassis.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The JSON body of a request. */
public final class Body {

  /** Bytes: 1 MiB. */
  static final int LONGEST = 1024 * 1024;

  private Body() {}

  /**
   * Reads the body.
   *
   * @return the body as the type; fields that it does not have are {@code null} or 0
   * @throws ProblemException 400 for malformed JSON, an unknown field or a wrong type, naming the
   *     field; 415 for another media type
   */
  public static <T> T read(ServerRequest request, Class<T> type) {
    requireJson(request);
    byte[] bytes = bytes(request);
    if (bytes.length == 0) {
      throw Problem.badRequest("The body is empty; a JSON object is expected.").exception();
    }
    return parse(bytes, type);
  }

  /** A listener may take longer ones, for the calls that read theirs as a stream. */
  private static byte[] bytes(ServerRequest request) {
    // Helidon fails to read an entity that is not there, instead of answering none.
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw Problem.tooLarge().exception();
      }
      return bytes;
    } catch (IOException e) {
      throw Problem.badRequest("The body cannot be read.").exception();
    }
  }

  /**
   * Reads a piece of JSON.
   *
   * @throws ProblemException 400 for malformed JSON, an unknown field or a wrong type, naming the
   *     field
   */
  public static <T> T parse(byte[] bytes, Class<T> type) {
    try {
      T body = Json.mapper().readValue(bytes, type);
      if (body == null) {
        throw Problem.badRequest("A JSON object is expected, not null.").exception();
      }
      return body;
    } catch (JsonProcessingException e) {
      throw problem(e).exception();
    } catch (IOException e) {
      throw Problem.badRequest("The body cannot be read.").exception();
    }
  }

  /**
   * Reads JSON that was parsed before, with the same answers.
   *
   * @throws ProblemException 400 for an unknown field or a wrong type, naming the field
   */
  public static <T> T convert(JsonNode parsed, Class<T> type) {
    try {
      return Json.mapper().treeToValue(parsed, type);
    } catch (JsonProcessingException e) {
      throw problem(e).exception();
    }
  }

  private static void requireJson(ServerRequest request) {
    boolean json =
        request
            .headers()
            .contentType()
            .map(HttpMediaType::mediaType)
            .filter(
                type ->
                    type.text().equalsIgnoreCase("application/json")
                        || type.text().equalsIgnoreCase("application/merge-patch+json"))
            .isPresent();
    if (!json) {
      throw Problem.of(
              415,
              "unsupported-media-type",
              "Media type not supported",
              "Send the body with Content-Type: application/json.")
          .exception();
    }
  }

  static Problem problem(JsonProcessingException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          Problem.badRequest(path(unknown), "there is no such field");
      case MismatchedInputException mismatch when !mismatch.getPath().isEmpty() ->
          Problem.badRequest(path(mismatch), expectation(mismatch));
      case MismatchedInputException mismatch ->
          Problem.badRequest("The body is not of the expected shape: " + expectation(mismatch));
      case JsonMappingException mapping when !mapping.getPath().isEmpty() ->
          Problem.badRequest(path(mapping), "cannot be read");
      case StreamReadException malformed ->
          Problem.badRequest("The body is not well-formed JSON" + at(malformed) + ".");
      default -> Problem.badRequest("The body is not well-formed JSON.");
    };
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private static String expectation(MismatchedInputException e) {
    Class<?> target = e.getTargetType();
    if (target == null) {
      return "the value has a wrong type";
    }
    if (target.isEnum()) {
      return "must be one of " + List.of(target.getEnumConstants());
    }
    if (target == Integer.class
        || target == int.class
        || target == Long.class
        || target == long.class) {
      return "must be a whole number";
    }
    if (target == Boolean.class || target == boolean.class) {
      return "must be true or false";
    }
    if (target == String.class) {
      return "must be a string";
    }
    return java.util.Collection.class.isAssignableFrom(target)
        ? "must be an array"
        : "must be an object";
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.toString();
  }
}
