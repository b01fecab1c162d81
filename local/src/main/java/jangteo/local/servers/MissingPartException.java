package jangteo.local.servers;

/** Something this machine lacks: a program, a shared library, a download that cannot be reached. */
public final class MissingPartException extends RuntimeException {
  private final String what;
  private final String howToGetIt;

  /**
   * @param what what is missing, in a few words ("libcurl.so.4, which mongod needs")
   * @param howToGetIt what the reader can do about it, in one line
   */
  public MissingPartException(String what, String howToGetIt) {
    super("Missing: " + what + ". " + howToGetIt);
    this.what = what;
    this.howToGetIt = howToGetIt;
  }

  /** What is missing. */
  public String what() {
    return what;
  }

  /** What the reader can do about it. */
  public String howToGetIt() {
    return howToGetIt;
  }
}
