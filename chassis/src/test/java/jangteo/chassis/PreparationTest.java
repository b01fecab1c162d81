package jangteo.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PreparationTest {

  @Test
  void itIsTriedUntilItSucceedsAndThenNoMore() {
    AtomicInteger tries = new AtomicInteger();
    Preparation preparation =
        new Preparation(
            "indexes",
            () -> {
              if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("not there yet");
              }
            });
    assertThat(preparation.readiness().ready()).isFalse();
    preparation.start();
    await().until(() -> preparation.readiness().ready());
    preparation.stop();
    assertThat(tries).hasValue(3);
  }

  @Test
  void itEndsWithItsService() {
    AtomicInteger tries = new AtomicInteger();
    Preparation preparation =
        new Preparation(
            "indexes",
            () -> {
              tries.incrementAndGet();
              throw new IllegalStateException("never");
            });
    preparation.start();
    await().until(() -> tries.get() > 1);
    preparation.stop();
    int stopped = tries.get();
    await().during(Duration.ofMillis(600)).until(() -> tries.get() <= stopped + 1);
    assertThat(preparation.readiness().ready()).isFalse();
  }
}
