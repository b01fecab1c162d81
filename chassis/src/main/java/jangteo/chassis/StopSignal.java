package jangteo.chassis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells a thread that works in the background when to end, also while it pauses. */
public final class StopSignal {

  private final CountDownLatch latch = new CountDownLatch(1);

  /** The thread is to end. */
  public void give() {
    latch.countDown();
  }

  /** Whether the thread is to end. */
  public boolean given() {
    return latch.getCount() == 0;
  }

  /** Pauses the calling thread for this time; true as soon as it is to end, or is interrupted. */
  public boolean givenWithin(Duration pause) {
    try {
      return latch.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      give();
      return true;
    }
  }
}
