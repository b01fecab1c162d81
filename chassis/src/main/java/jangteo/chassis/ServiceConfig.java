package jangteo.chassis;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A service's configuration: {@code application.yaml} on the class path, each of its keys
 * overridable by an environment variable.
 *
 * <p>The variable's name is the key in upper case with {@code .} and {@code -} as {@code _}: {@code
 * db.pool-size} is {@code DB_POOL_SIZE}. A secret is better kept in a file: {@code
 * DB_PASSWORD_FILE} names the one whose text is the value of {@code db.password}, as orchestrators
 * mount it. Only keys that the file names can be set, so that the file is the whole list of what
 * there is.
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

  static Config of(Map<String, String> environment, Map<String, String> overrides) {
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
      value(environment, variable(key)).ifPresent(value -> found.put(key, value));
    }
    return found;
  }

  private static Optional<String> value(Map<String, String> environment, String variable) {
    Optional<String> value = Optional.ofNullable(environment.get(variable));
    Optional<String> file = Optional.ofNullable(environment.get(variable + "_FILE"));
    if (value.isPresent() && file.isPresent()) {
      throw new IllegalArgumentException(
          "Both %1$s and %1$s_FILE are set; one of them is meant.".formatted(variable));
    }
    return value.or(() -> file.map(path -> text(variable + "_FILE", Path.of(path))));
  }

  /** Without the line's end that most editors leave. */
  private static String text(String variable, Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s names %s, which cannot be read.".formatted(variable, file), e);
    }
  }

  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
