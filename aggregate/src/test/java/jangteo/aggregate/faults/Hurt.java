package jangteo.aggregate.faults;

/** Something that is hurt in a test. */
interface Hurt {

  String name();

  /** As {@code kill -9} does. */
  void kill();

  /** Starts it again. */
  void start();

  /** It stands still, and its connections stay open. */
  void pause();

  /** It goes on. */
  void resume();

  /** Returns when it can be used. */
  void awaitReady();
}
