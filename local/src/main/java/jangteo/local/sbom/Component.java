package jangteo.local.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One part of the shop in its bill of materials: a library or a server. */
public final class Component {
  static final String CARRIER = "jangteo:carrier";
  private static final String MAVEN = "pkg:maven/";

  private final ObjectNode node;

  Component(ObjectNode node) {
    this.node = node;
  }

  /** What a reader knows it by: group, name and version. */
  public String title() {
    String group = node.path("group").asText();
    return (group.isEmpty() ? "" : group + ":")
        + node.path("name").asText()
        + " "
        + node.path("version").asText();
  }

  /** Its package URL without qualifiers. */
  public String purl() {
    return node.path("purl").asText().replaceFirst("[?#].*$", "");
  }

  /** The same without the version: what all its versions have in common. */
  String identity() {
    return purl().replaceFirst("@[^/@]*$", "");
  }

  /** Its package URL, and that of the package it comes in when that is another one. */
  public List<String> packages() {
    List<String> packages = new ArrayList<>(List.of(purl()));
    for (JsonNode property : node.path("properties")) {
      if (property.path("name").asText().equals(CARRIER)) {
        packages.add(property.path("value").asText());
      }
    }
    return packages;
  }

  /** Whether it is a program of its own, started and not changed; else its classes are linked. */
  boolean isRun() {
    return node.path("type").asText().equals("application");
  }

  /** Whether it is a part of this project. */
  public boolean isOwn() {
    return node.path("group").asText().equals("jangteo");
  }

  /** What it says of its licences: SPDX ids, or whatever its authors call them; maybe nothing. */
  List<String> licences() {
    List<String> licences = new ArrayList<>();
    for (JsonNode choice : node.path("licenses")) {
      JsonNode licence = choice.path("license");
      licences.add(
          Optional.of(licence.path("id").asText())
              .filter(id -> !id.isEmpty())
              .orElseGet(() -> licence.path("name").asText(choice.path("expression").asText())));
    }
    return licences;
  }

  /** Says its licences by their SPDX ids, and by name where SPDX has no id. */
  void state(List<String> ids) {
    ArrayNode licences = node.putArray("licenses");
    ids.forEach(
        id ->
            licences
                .addObject()
                .putObject("license")
                .put(id.startsWith("LicenseRef-") ? "name" : "id", id));
  }

  /** Whether it is a jar, or a file of another kind that Maven fetches. */
  boolean isFile() {
    return node.path("purl").asText().startsWith(MAVEN)
        && !node.path("purl").asText().endsWith("?type=pom");
  }

  /** The hash of its file. */
  Optional<String> sha256() {
    for (JsonNode hash : node.path("hashes")) {
      if (hash.path("alg").asText().equals("SHA-256")) {
        return Optional.of(hash.path("content").asText());
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return title();
  }
}
