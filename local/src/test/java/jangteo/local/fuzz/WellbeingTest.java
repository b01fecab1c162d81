package jangteo.local.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.local.supervisor.PartStatus;
import jangteo.local.supervisor.PartStatus.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class WellbeingTest {
  private static PartStatus part(String name, State state, int restarts) {
    return new PartStatus(name, state, 1, null, null, null, restarts, null);
  }

  @Test
  void aPartThatIsAwayOrCameBackIsComplainedOf() {
    assertThat(
            Wellbeing.complaints(
                List.of(
                    part("item", State.READY, 0),
                    part("order", State.NOT_READY, 0),
                    part("review", State.READY, 1))))
        .containsExactly(
            "order is NOT_READY and was started again 0 times",
            "review is READY and was started again 1 times");
  }
}
