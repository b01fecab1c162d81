package jangteo.local.servers;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first two numbers of a version: enough to tell whether a program is new enough. */
record Version(int major, int minor) implements Comparable<Version> {
  private static final Pattern NUMBERS = Pattern.compile("\\b[vV]?(\\d{1,4})\\.(\\d{1,4})\\b");

  /** The first version that a program's {@code --version} names. */
  static Optional<Version> in(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    return numbers.find()
        ? Optional.of(
            new Version(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))))
        : Optional.empty();
  }

  boolean atLeast(Version other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(Version other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
