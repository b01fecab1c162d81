package jangteo.item.api.bulk;

/** A line of the input, without its end; of CSV, a record. */
final class InputLine {

  private final long number;
  private final byte[] bytes;
  private final boolean tooLong;

  private InputLine(long number, byte[] bytes, boolean tooLong) {
    this.number = number;
    this.bytes = bytes;
    this.tooLong = tooLong;
  }

  static InputLine of(long number, byte[] bytes) {
    return new InputLine(number, bytes, false);
  }

  /** One that is longer than a line may be. */
  static InputLine tooLong(long number) {
    return new InputLine(number, new byte[0], true);
  }

  /** The number of the line that it begins on, from 1. */
  long number() {
    return number;
  }

  /** What it says, which nobody changes; nothing of one that is too long. */
  byte[] bytes() {
    return bytes;
  }

  boolean tooLong() {
    return tooLong;
  }
}
