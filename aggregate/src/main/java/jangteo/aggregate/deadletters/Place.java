package jangteo.aggregate.deadletters;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a dead letter lies, which is also its name: {@code orders.item.dlt~0~17}.
 *
 * @param topic without the cluster's prefix
 */
public record Place(String topic, int partition, long offset) {
  static final String DEAD_LETTERS = ".dlt";

  private static final Pattern ID =
      Pattern.compile("([a-z.-]{1,200}\\.dlt)~(0|[1-9][0-9]{0,4})~(0|[1-9][0-9]{0,17})");

  /** The place of that name; nothing when it is no such name. */
  public static Optional<Place> of(String id) {
    Matcher parts = ID.matcher(id);
    return parts.matches()
        ? Optional.of(
            new Place(
                parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3))))
        : Optional.empty();
  }

  /** Its name. */
  public String id() {
    return topic + "~" + partition + "~" + offset;
  }
}
