package jangteo.local.servers;

/** Where a long step (a download, an unpacking) says what it is doing, one line at a time. */
@FunctionalInterface
public interface Progress {

  /** Tells the reader one line, without a line end. */
  void say(String line);

  /** A listener that nobody reads. */
  static Progress silent() {
    return line -> {};
  }
}
