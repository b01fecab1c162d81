package jangteo.order.events;

import java.time.Duration;

/**
 * Who may wait for the saga. A saga that was away for a while finds everything that was sent to it
 * meanwhile; were more let in as fast as before, they would time out behind it, be repeated by
 * their clients, and keep the saga busy with what nobody waits for any more. So while the latest
 * wait to end was a long one, just a few are let in, to see when it is better.
 */
public final class WaitingRoom {
  private static final int SCOUTS = 16;

  private final int places;
  private final Duration slow;
  private int inside;
  private Duration latest = Duration.ZERO;

  /**
   * An empty room.
   *
   * @param places how many may wait at the same time at most
   * @param slow what counts as a long wait
   */
  public WaitingRoom(int places, Duration slow) {
    this.places = places;
    this.slow = slow;
  }

  /** Lets one more in, who has to leave again; or not. */
  synchronized boolean enter() {
    boolean room = inside < (latest.compareTo(slow) < 0 ? places : Math.min(SCOUTS, places));
    if (room) {
      inside++;
    }
    return room;
  }

  synchronized void leave() {
    inside--;
  }

  /** So long somebody has just waited for an answer, or in vain. */
  synchronized void waited(Duration wait) {
    latest = wait;
  }
}
