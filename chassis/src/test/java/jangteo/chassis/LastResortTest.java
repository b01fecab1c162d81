package jangteo.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LastResortTest {
  private final List<Integer> exits = new CopyOnWriteArrayList<>();
  private final LastResort lastResort = new LastResort(Thread.currentThread(), exits::add);

  @Test
  void anErrorThatEndsARecurringWorkEndsTheService() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Recurring work =
        new Recurring(
            "relay",
            Duration.ZERO,
            () -> {
              begun.countDown();
              throw new StackOverflowError("planted");
            });
    Thread.setDefaultUncaughtExceptionHandler(lastResort);
    try {
      work.start();
      begun.await();
      work.stop();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(null);
    }

    assertThat(exits).containsExactly(LastResort.EXIT_CODE);
  }

  @Test
  void anExceptionEndsItsThreadAlone() throws Exception {
    ended(Thread.ofPlatform(), new IllegalStateException("planted"));

    assertThat(exits).isEmpty();
  }

  @Test
  void aServiceThatCannotStartLeavesNoProcessBehind() {
    lastResort.uncaughtException(Thread.currentThread(), new IllegalStateException("planted"));

    assertThat(exits).containsExactly(LastResort.EXIT_CODE);
  }

  @Test
  void anErrorOfARequestEndsTheRequestAlone() throws Exception {
    ended(Thread.ofVirtual(), new StackOverflowError("planted"));

    assertThat(exits).isEmpty();
  }

  private void ended(Thread.Builder threads, Throwable failure) throws InterruptedException {
    Thread thread =
        threads
            .uncaughtExceptionHandler(lastResort)
            .start(
                () -> {
                  if (failure instanceof Error error) {
                    throw error;
                  }
                  throw (RuntimeException) failure;
                });
    thread.join();
  }
}
