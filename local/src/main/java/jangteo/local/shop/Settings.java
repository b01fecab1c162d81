package jangteo.local.shop;

import java.util.HashMap;
import java.util.Map;

/**
 * Configuration of services that differs from what a shop on this machine usually has.
 *
 * @param byService by service, environment variables with their values
 */
public record Settings(Map<String, Map<String, String>> byService) {

  /** Copies the maps. */
  public Settings {
    Map<String, Map<String, String>> copy = new HashMap<>();
    byService.forEach((service, variables) -> copy.put(service, Map.copyOf(variables)));
    byService = Map.copyOf(copy);
  }

  /** Nothing differs. */
  public static Settings usual() {
    return new Settings(Map.of());
  }

  /** The same, and one more. */
  public Settings with(String service, String variable, String value) {
    Map<String, Map<String, String>> more = new HashMap<>(byService);
    Map<String, String> variables = new HashMap<>(of(service));
    variables.put(variable, value);
    more.put(service, variables);
    return new Settings(more);
  }

  /** Those of a service. */
  Map<String, String> of(String service) {
    return byService.getOrDefault(service, Map.of());
  }
}
