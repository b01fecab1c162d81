package jangteo.chassis.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;

/**
 * A change of a resource as JSON merge patch (RFC 7396): fields that are there replace, {@code
 * null} removes, what is left out stays.
 */
public final class MergePatch {

  private final ObjectNode patch;

  MergePatch(ObjectNode patch) {
    this.patch = patch;
  }

  /**
   * Reads the body of a PATCH.
   *
   * @throws ProblemException 400 for malformed JSON and what is no object; 415 for another media
   *     type
   */
  public static MergePatch read(ServerRequest request) {
    if (Body.read(request, JsonNode.class) instanceof ObjectNode patch) {
      return new MergePatch(patch);
    }
    throw Problem.badRequest("A JSON object is expected.").exception();
  }

  /** The patch itself, such as for {@link jangteo.chassis.data.IdempotencyKeys}. */
  public JsonNode json() {
    return patch.deepCopy();
  }

  /**
   * The resource after the patch; not validated yet.
   *
   * @param present the resource in the shape of its request body
   * @throws ProblemException 400 for an unknown field or a wrong type, naming the field
   */
  public <T> T applyTo(T present, Class<T> type) {
    JsonNode merged = merge(Json.mapper().valueToTree(present), patch);
    return Body.convert(merged, type);
  }

  /** The function MergePatch of RFC 7396, section 2. */
  static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result =
        target instanceof ObjectNode object ? object.deepCopy() : Json.mapper().createObjectNode();
    for (var change : changes.properties()) {
      if (change.getValue().isNull()) {
        result.remove(change.getKey());
      } else {
        JsonNode before = result.path(change.getKey());
        result.set(change.getKey(), merge(before, change.getValue()));
      }
    }
    return result;
  }
}
