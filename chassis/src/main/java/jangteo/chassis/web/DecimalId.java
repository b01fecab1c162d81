package jangteo.chassis.web;

import java.util.Optional;
import java.util.regex.Pattern;

/** An int64 id as clients write it: decimal, positive, without signs or leading zeros. */
final class DecimalId {

  private static final Pattern SHAPE = Pattern.compile("[1-9][0-9]{0,18}");

  private DecimalId() {}

  static Optional<Long> parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }
}
