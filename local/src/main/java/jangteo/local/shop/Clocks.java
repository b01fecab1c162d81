package jangteo.local.shop;

import jangteo.local.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose clocks are wrong, and by how much. Only the participants of the saga may have one: order's
 * clock is the one by which deadlines are.
 *
 * @param offsets by service, how far its clock is ahead
 */
public record Clocks(Map<String, Duration> offsets) {
  private static final Set<String> PARTICIPANTS = Set.of("item", "payment");
  private static final Pattern ONE = Pattern.compile("([a-z]+):([+-]?\\d{1,4})");

  /** All are right. */
  public static Clocks right() {
    return new Clocks(Map.of());
  }

  /**
   * Reads {@code item:6,payment:-6}: seconds ahead, or behind with a minus.
   *
   * @throws Refusal when it says something else
   */
  public static Clocks parse(String list) {
    Map<String, Duration> offsets = new LinkedHashMap<>();
    for (String one : list.split(",", -1)) {
      Matcher parts = ONE.matcher(one.strip());
      if (!parts.matches() || !PARTICIPANTS.contains(parts.group(1))) {
        throw new Refusal(
            "Clocks are named like item:6,payment:-6, in seconds ahead; not \"" + one + "\".");
      }
      offsets.put(parts.group(1), Duration.ofSeconds(Integer.parseInt(parts.group(2))));
    }
    return new Clocks(offsets);
  }

  /** As the services are told. */
  public Settings settings() {
    Settings settings = Settings.usual();
    for (Map.Entry<String, Duration> offset : offsets.entrySet()) {
      settings = settings.with(offset.getKey(), "CLOCK_OFFSET", offset.getValue().toString());
    }
    return settings;
  }
}
