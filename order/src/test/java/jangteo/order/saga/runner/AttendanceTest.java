package jangteo.order.saga.runner;

import static jangteo.order.saga.runner.Attendance.Absence.ASSIGNED;
import static jangteo.order.saga.runner.Attendance.Absence.BEHIND;
import static jangteo.order.saga.runner.Attendance.Absence.STANDSTILL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which late decisions have an excuse. */
class AttendanceTest {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  private final Attendance attendance = new Attendance(START);

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  private void ticks(long from, long to) {
    for (long millis = from; millis <= to; millis += 100) {
      attendance.tick(at(millis), at(millis));
    }
  }

  @Test
  void noneForATaskAtWork() {
    ticks(100, 6_000);
    assertThat(attendance.missed(at(5_000), at(6_050))).isEmpty();
  }

  @Test
  void nothingToExcuseWithinThePromise() {
    assertThat(attendance.missed(at(5_000), at(5_500))).isEmpty();
  }

  @Test
  void theDeadlinePassedBeforeThePartitionCame() {
    ticks(100, 300);
    assertThat(attendance.missed(at(-2_000), at(350))).contains(ASSIGNED);
    assertThat(attendance.missed(at(99), at(700))).contains(ASSIGNED);
    assertThat(attendance.missed(at(150), at(700))).isEmpty();
  }

  @Test
  void theTaskHadNotReadItsInputYet() {
    attendance.tick(at(100), at(-1_000));
    attendance.tick(at(200), at(-1_000));
    assertThat(attendance.missed(at(150), at(500).plusMillis(200))).contains(STANDSTILL);
    assertThat(attendance.missed(at(-400), at(250))).contains(ASSIGNED);
  }

  @Test
  void theAnswerLayUnreadThoughNothingStoodStill() {
    ticks(100, 5_000);
    for (long millis = 5_100; millis <= 7_000; millis += 100) {
      attendance.tick(at(millis), at(5_000));
    }
    assertThat(attendance.missed(at(5_050), at(7_050))).contains(BEHIND);

    attendance.tick(at(7_100), at(7_100));
    assertThat(attendance.missed(at(5_050), at(7_100))).contains(BEHIND);
    ticks(7_200, 8_000);
    assertThat(attendance.missed(at(7_300), at(8_050))).isEmpty();
  }

  @Test
  void theProcessStoodStillOverTheDeadline() {
    ticks(100, 4_000);
    // A reply is read before the first tick.
    assertThat(attendance.missed(at(5_000), at(8_000))).contains(STANDSTILL);
    ticks(8_000, 9_000);
    assertThat(attendance.missed(at(5_000), at(9_050))).contains(STANDSTILL);
    assertThat(attendance.missed(at(8_100), at(9_050))).isEmpty();
  }
}
