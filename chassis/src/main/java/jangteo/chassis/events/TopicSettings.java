package jangteo.chassis.events;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of the shop as {@code jangteo/topics.yaml} describes them. */
final class TopicSettings {

  /** How the name of a topic for dead letters ends. */
  static final String DEAD_LETTERS = ".dlt";

  /** How the name of a topic for replayed dead letters ends. */
  static final String REPLAYS = ".replay";

  private static final TopicSettings SHOP = new TopicSettings();

  private final Config topics =
      Config.builder(ConfigSources.classpath("jangteo/topics.yaml"))
          .disableEnvironmentVariablesSource()
          .disableSystemPropertiesSource()
          .build()
          .get("topics");

  private TopicSettings() {}

  static TopicSettings ofTheShop() {
    return SHOP;
  }

  boolean knows(String topic) {
    return topic.endsWith(DEAD_LETTERS) || topic.endsWith(REPLAYS) || topics.get(topic).exists();
  }

  /**
   * The topic to create; replicas as the broker has them by default.
   *
   * @param name the topic's name without prefix
   */
  NewTopic create(String prefix, String name) {
    Map<String, String> settings = new HashMap<>();
    int partitions = 1;
    if (name.endsWith(DEAD_LETTERS)) {
      settings.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
    } else if (!name.endsWith(REPLAYS)) {
      Config topic = topics.get(name);
      partitions = topic.get("partitions").asInt().get();
      if (topic.get("compacted").asBoolean().orElse(false)) {
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        millis(topic, "tombstone-hours")
            .ifPresent(time -> settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, time));
      } else {
        millis(topic, "retention-hours")
            .ifPresent(time -> settings.put(TopicConfig.RETENTION_MS_CONFIG, time));
      }
    }
    return new NewTopic(prefix + name, Optional.of(partitions), Optional.empty()).configs(settings);
  }

  private static Optional<String> millis(Config topic, String key) {
    return topic
        .get(key)
        .asString()
        .map(
            hours ->
                hours.equals("forever")
                    ? "-1"
                    : Long.toString(Duration.ofHours(Long.parseLong(hours)).toMillis()));
  }
}
