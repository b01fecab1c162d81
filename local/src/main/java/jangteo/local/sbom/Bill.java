package jangteo.local.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jangteo.local.servers.SuppliedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A software bill of materials: CycloneDX in JSON. */
public final class Bill {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final ObjectNode tree;

  private Bill(ObjectNode tree) {
    this.tree = tree;
  }

  /** Reads what Maven wrote. */
  static Bill read(Path file) throws IOException {
    JsonNode tree = JSON.readTree(file.toFile());
    if (!tree.path("bomFormat").asText().equals("CycloneDX")) {
      throw new IOException(file + " is no CycloneDX");
    }
    return new Bill((ObjectNode) tree);
  }

  /** All parts, in the order of the file. */
  public List<Component> components() {
    List<Component> components = new ArrayList<>();
    tree.path("components").forEach(each -> components.add(new Component((ObjectNode) each)));
    return components;
  }

  /** Adds a server, on which the shop as a whole depends. */
  void add(SuppliedServer server) {
    ObjectNode component = tree.withArray("components").addObject();
    component.put("type", "application");
    component.put("bom-ref", server.purl());
    component.put("name", server.name());
    component.put("version", server.version());
    component.put("purl", server.purl());
    server
        .carrier()
        .ifPresent(
            carrier ->
                component
                    .putArray("properties")
                    .addObject()
                    .put("name", Component.CARRIER)
                    .put("value", carrier));
    dependenciesOfTheShop().add(server.purl());
    tree.withArray("dependencies").addObject().put("ref", server.purl()).putArray("dependsOn");
  }

  private ArrayNode dependenciesOfTheShop() {
    String shop = tree.at("/metadata/component/bom-ref").asText();
    for (JsonNode dependency : tree.withArray("dependencies")) {
      if (dependency.path("ref").asText().equals(shop)) {
        return ((ObjectNode) dependency).withArray("dependsOn");
      }
    }
    return tree.withArray("dependencies").addObject().put("ref", shop).putArray("dependsOn");
  }

  /** Writes it, and the folder when it is missing. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    JSON.writeValue(file.toFile(), tree);
  }
}
