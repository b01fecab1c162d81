package jangteo.order.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  private static final Duration SLOW = Duration.ofSeconds(4);
  private static final Duration QUICK = Duration.ofMillis(3_999);

  private final WaitingRoom room = new WaitingRoom(40, SLOW);

  @Test
  void asManyAsThereArePlacesMayWait() {
    assertThat(entering(50)).isEqualTo(40);

    room.leave();

    assertThat(entering(50)).isEqualTo(1);
  }

  @Test
  void afterALongWaitJustAFewAreLetIn() {
    room.waited(SLOW);

    assertThat(entering(50)).isEqualTo(16);
  }

  @Test
  void thoseWhoWaitAlreadyAreCountedAmongTheFew() {
    entering(18);
    room.waited(SLOW);

    assertThat(entering(50)).isZero();
    for (int i = 0; i < 3; i++) {
      room.leave();
    }
    assertThat(entering(50)).isEqualTo(1);
  }

  @Test
  void theFirstShortWaitOpensTheRoomAgain() {
    room.waited(SLOW);
    entering(50);

    room.waited(QUICK);

    assertThat(entering(50)).isEqualTo(24);
  }

  @Test
  void theFewAreNeverMoreThanThereArePlaces() {
    WaitingRoom small = new WaitingRoom(1, SLOW);
    small.waited(SLOW);

    assertThat(small.enter()).isTrue();
    assertThat(small.enter()).isFalse();
  }

  private int entering(int wanting) {
    int entered = 0;
    for (int i = 0; i < wanting; i++) {
      entered += room.enter() ? 1 : 0;
    }
    return entered;
  }
}
