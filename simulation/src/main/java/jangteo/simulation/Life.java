package jangteo.simulation;

/** One life of a process: what it still meant to do ends with it, and waits while it is frozen. */
final class Life {
  private final World world;
  private long frozenUntil;
  private boolean ended;

  Life(World world) {
    this.world = world;
  }

  boolean lasts() {
    return !ended;
  }

  boolean frozen() {
    return frozenUntil > world.scheduler().now();
  }

  long frozenUntil() {
    return frozenUntil;
  }

  void end() {
    ended = true;
  }

  void freeze(long duration) {
    frozenUntil = Math.max(frozenUntil, world.scheduler().now() + duration);
  }

  /** Does it later, unless the process has died by then. */
  void later(long micros, Runnable action) {
    world.scheduler().after(micros, () -> perform(action));
  }

  private void perform(Runnable action) {
    if (ended) {
      return;
    }
    if (frozen()) {
      long left = frozenUntil - world.scheduler().now();
      later(left + world.chance().between(0, Scheduler.MILLI), action);
    } else {
      action.run();
    }
  }
}
