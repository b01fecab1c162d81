package jangteo.local.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Plan LONG = new Plan(20_000, 7, false);
  private static final Plan SHORT = new Plan(20_000, 7, true);

  @Test
  void everybodyAsksOnceWithEverythingBeforeAnybodyAsksAgain() {
    List<Round> rounds = LONG.rounds().limit(8).toList();

    assertThat(rounds)
        .extracting(Round::role)
        .startsWith(Role.values())
        .endsWith(Role.NOBODY, Role.SELLER);
    assertThat(rounds.subList(0, 3))
        .allSatisfy(
            round ->
                assertThat(round.phases())
                    .containsExactly("examples", "coverage", "fuzzing", "stateful"));
    assertThat(rounds).extracting(Round::seed).containsExactly(7L, 7L, 7L, 8L, 8L, 8L, 9L, 9L);
    assertThat(rounds).extracting(Round::name).doesNotHaveDuplicates();
  }

  @Test
  void itGoesOnUntilTheRequestsAreMade() {
    assertThat(LONG.isDone(2, 50_000)).isFalse();
    assertThat(LONG.isDone(3, 19_999)).isFalse();
    assertThat(LONG.isDone(4, 20_000)).isTrue();
  }

  @Test
  void aBriefOneHasARoundForEach() {
    assertThat(SHORT.rounds()).extracting(Round::role).containsExactly(Role.values());
    assertThat(SHORT.isDone(3, 100)).isTrue();
  }
}
