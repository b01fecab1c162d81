package jangteo.chassis;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A service's configuration: {@code application.yaml} on the class path, each of its keys
 * overridable by an environment variable.
 *
 * <p>The variable's name is the key in upper case with {@code .} and {@code -} as {@code _}: {@code
 * db.pool-size} is {@code DB_POOL_SIZE}. Only keys that the file names can be set, so that the file
 * is the whole list of what there is.
 */
public final class ServiceConfig {

  private ServiceConfig() {}

  /** The configuration of a process: the file and the environment. */
  public static Config fromEnvironment() {
    return of(System.getenv(), Map.of());
  }

  /**
   * The configuration of a service inside a test.
   *
   * @param overrides values by full key, such as {@code server.port}; they win over the file
   */
  public static Config of(Map<String, String> overrides) {
    return of(Map.of(), overrides);
  }

  private static Config of(Map<String, String> environment, Map<String, String> overrides) {
    Map<String, String> set = new HashMap<>(fromVariables(environment));
    set.putAll(overrides);
    return Config.builder()
        .sources(ConfigSources.create(set), ConfigSources.classpath("application.yaml"))
        .disableEnvironmentVariablesSource()
        .disableSystemPropertiesSource()
        .build();
  }

  private static Map<String, String> fromVariables(Map<String, String> environment) {
    Config file =
        Config.builder(ConfigSources.classpath("application.yaml"))
            .disableEnvironmentVariablesSource()
            .disableSystemPropertiesSource()
            .build();
    Map<String, String> found = new HashMap<>();
    for (String key : file.asMap().orElseGet(Map::of).keySet()) {
      String value = environment.get(variable(key));
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
