package jangteo.search.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The OpenAPI documents of the services as one (design, section 4): all paths, all tags, all
 * components. A component that several services describe alike is there once.
 */
final class OpenApiDocument {

  private final ObjectNode merged = JsonNodeFactory.instance.objectNode();
  private final Set<String> tags = new HashSet<>();
  private final Map<String, String> operations = new HashMap<>();

  OpenApiDocument() {
    merged.put("openapi", "3.1.0");
    merged
        .putObject("info")
        .put("title", "Jangteo")
        .put("description", "An open e-commerce backend. Every call as its gateway serves it.")
        .put("version", "1")
        .putObject("license")
        .put("name", "Apache-2.0")
        .put("identifier", "Apache-2.0");
    merged.putArray("servers").addObject().put("url", "/");
    merged.putArray("tags");
    merged.putObject("paths");
    merged.putObject("components");
  }

  /**
   * Adds one service's document.
   *
   * @param service its name
   * @throws ConflictException when it has a path or an operation that another service has
   */
  OpenApiDocument add(String service, JsonNode document) {
    JsonNode own = withOwnNames(service, document);
    own.path("tags").forEach(this::addTag);
    own.path("paths")
        .properties()
        .forEach(path -> addPath(service, path.getKey(), path.getValue(), own));
    own.path("components")
        .properties()
        .forEach(kind -> components(kind.getKey()).setAll((ObjectNode) kind.getValue()));
    return this;
  }

  JsonNode json() {
    return merged;
  }

  private void addTag(JsonNode tag) {
    if (tags.add(tag.path("name").asText())) {
      ((ArrayNode) merged.get("tags")).add(tag);
    }
  }

  private void addPath(String service, String path, JsonNode methods, JsonNode document) {
    ObjectNode known = ((ObjectNode) merged.get("paths")).withObjectProperty(path);
    for (Map.Entry<String, JsonNode> method : methods.properties()) {
      JsonNode call = method.getValue();
      String name = method.getKey() + " " + path;
      put(service, name, known, method.getKey(), withSecurity(call, document));
      String id = call.path("operationId").asText("");
      if (!id.isEmpty() && operations.putIfAbsent(id, name) != null) {
        throw new ConflictException(service, "operationId " + id);
      }
    }
  }

  /** What a document says of security at its top holds for its own calls alone. */
  private static JsonNode withSecurity(JsonNode call, JsonNode document) {
    JsonNode security = document.path("security");
    boolean isCall = call.has("responses");
    return isCall && !security.isMissingNode() && !call.has("security")
        ? ((ObjectNode) call.deepCopy()).set("security", security)
        : call;
  }

  /** Gives what another service calls by the same name, but means otherwise, a name of its own. */
  private JsonNode withOwnNames(String service, JsonNode document) {
    ObjectNode own = document.deepCopy();
    for (Map.Entry<String, JsonNode> kind : document.path("components").properties()) {
      ObjectNode known = components(kind.getKey());
      for (Map.Entry<String, JsonNode> component : kind.getValue().properties()) {
        String name = component.getKey();
        if (known.has(name) && !known.get(name).equals(component.getValue())) {
          rename(own, kind.getKey(), name, capital(service) + name);
        }
      }
    }
    return own;
  }

  private static void rename(ObjectNode document, String kind, String from, String to) {
    ObjectNode components = (ObjectNode) document.path("components").path(kind);
    components.set(to, components.remove(from));
    String pointer = "#/components/" + kind + "/";
    for (JsonNode holder : document.findParents("$ref")) {
      if (holder.path("$ref").asText().equals(pointer + from)) {
        ((ObjectNode) holder).put("$ref", pointer + to);
      }
    }
  }

  private ObjectNode components(String kind) {
    return ((ObjectNode) merged.get("components")).withObjectProperty(kind);
  }

  private static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static void put(
      String service, String name, ObjectNode known, String field, JsonNode value) {
    if (known.has(field) && !known.get(field).equals(value)) {
      throw new ConflictException(service, name);
    }
    known.set(field, value);
  }

  /** The services, in the order in which a reader meets them. */
  static final List<String> SERVICES =
      List.of("member", "item", "search", "order", "payment", "review", "aggregate");

  /** Two services claim one call. */
  static final class ConflictException extends RuntimeException {

    ConflictException(String service, String name) {
      super(service + " claims " + name + ", which another service has");
    }
  }
}
