package jangteo.local.sbom;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The licences under which parts of the shop may come, by their SPDX ids: the file {@code
 * licences.json}. Every licence that gives less than the permissive ones has its reason there. What
 * is not in the file is not allowed.
 */
public final class LicenceRules {
  private static final String FILE = "/jangteo/local/sbom/licences.json";
  private static final Pattern COPYLEFT =
      Pattern.compile("(AGPL|CDDL|CPL|EPL|EUPL|GPL|LGPL|MPL|OSL|SSPL)-.*");

  /**
   * The file.
   *
   * @param linked licences of libraries, and why each may be linked; empty for permissive ones
   * @param run licences of programs that are only started, and why
   * @param names what projects call licences, and the ids that they mean
   * @param components what a component's own metadata leaves out or says wrongly, by its package
   *     URL without the version
   */
  private record File(
      Map<String, String> linked,
      Map<String, String> run,
      Map<String, String> names,
      Map<String, Stated> components) {}

  private record Stated(List<String> licences, String because) {}

  private final File file;

  private LicenceRules(File file) {
    this.file = file;
  }

  /** The rules of the project. */
  public static LicenceRules load() throws IOException {
    try (InputStream content =
        Objects.requireNonNull(LicenceRules.class.getResourceAsStream(FILE), FILE)) {
      return read(content);
    }
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException when a licence is allowed that needs a reason and has none
   */
  static LicenceRules read(InputStream content) throws IOException {
    File file = new ObjectMapper().readValue(content, File.class);
    for (Map<String, String> allowed : List.of(file.linked(), file.run())) {
      allowed.forEach(
          (id, reason) -> {
            if (reason.isBlank() && COPYLEFT.matcher(id).matches()) {
              throw new IllegalArgumentException(id + " is allowed without a reason");
            }
          });
    }
    return new LicenceRules(file);
  }

  /** Why the component must not be in the shop; empty when it may. */
  Optional<String> objection(Component component) {
    List<String> licences = licences(component);
    if (licences.isEmpty()) {
      return Optional.of(component + " states no licence");
    }
    return licences.stream()
        .filter(id -> !allowed(component).contains(id))
        .findFirst()
        .map(id -> component + " is under " + id + ", which is not allowed here");
  }

  /** The licences that hold for the component, all of them, as far as they are known by id. */
  List<String> licences(Component component) {
    Stated stated = file.components().get(component.identity());
    if (stated != null) {
      return stated.licences();
    }
    List<String> ids = new ArrayList<>();
    for (String licence : component.licences()) {
      ids.add(file.names().getOrDefault(licence, licence));
    }
    return ids.stream().distinct().toList();
  }

  private Set<String> allowed(Component component) {
    if (!component.isRun()) {
      return file.linked().keySet();
    }
    Set<String> allowed = new HashSet<>(file.linked().keySet());
    allowed.addAll(file.run().keySet());
    return allowed;
  }
}
