package jangteo.order.saga.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is committed at once, and what waits. */
class CommitPaceTest {
  private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");

  private final CommitPace pace = new CommitPace(Duration.ofMillis(10));

  @Test
  void whatWasJustWrittenIsCommittedAtOnce() {
    pace.read(NOW.minusMillis(5), NOW);

    assertThat(pace.isDue(NOW)).isTrue();
    assertThat(pace.isDue(NOW.plusMillis(50))).as("nothing was read since").isFalse();
  }

  @Test
  void commitsKeepTheirDistance() {
    pace.read(NOW.minusMillis(5), NOW);
    assertThat(pace.isDue(NOW)).isTrue();
    pace.read(NOW, NOW.plusMillis(3));

    assertThat(pace.isDue(NOW.plusMillis(3))).isFalse();
    assertThat(pace.isDue(NOW.plusMillis(10))).isTrue();
  }

  @Test
  void aBacklogWaitsUntilSomethingFreshIsRead() {
    pace.read(NOW.minusSeconds(5), NOW);
    assertThat(pace.isDue(NOW.plusMillis(50))).isFalse();

    pace.read(NOW.plusMillis(40), NOW.plusMillis(50));
    assertThat(pace.isDue(NOW.plusMillis(50))).isTrue();
  }
}
