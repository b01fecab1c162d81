package jangteo.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jangteo.local.Refusal;
import jangteo.local.chaos.Fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private static final int MANY = 300;

  private static List<List<Fault>> first(long seed, boolean withCuts) {
    Iterator<List<Fault>> rounds = Faults.seeded(seed, withCuts);
    List<List<Fault>> taken = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      taken.add(rounds.next());
    }
    return taken;
  }

  @Test
  void theSameSeedGivesTheSameFaultsAndAnotherGivesOthers() {
    assertThat(first(7, true)).isEqualTo(first(7, true)).isNotEqualTo(first(8, true));
  }

  @Test
  void everyPartHasEveryKindInTimeAloneAndWithAnother() {
    List<List<Fault>> rounds = first(7, true);
    assertThat(rounds).extracting(List::size).contains(1, 2).allMatch(size -> size <= 2);
    List<Fault> faults = rounds.stream().flatMap(List::stream).toList();
    assertThat(faults).extracting(Fault::part).containsAll(Faults.PARTS);
    assertThat(faults).extracting(Fault::kind).contains(Kind.values());
    assertThat(rounds)
        .allSatisfy(round -> assertThat(round).extracting(Fault::part).doesNotHaveDuplicates());
  }

  @Test
  void withoutProxiesNothingIsCut() {
    assertThat(first(7, false))
        .allSatisfy(round -> assertThat(round).noneMatch(fault -> fault.kind().cuts()));
  }

  @Test
  void faultsCanBeNamed() {
    assertThat(Faults.parse("kill:order,swallow:kafka+pause:item"))
        .containsExactly(
            List.of(Fault.of(Kind.KILL, "order")),
            List.of(Fault.of(Kind.SWALLOW, "kafka"), Fault.of(Kind.PAUSE, "item")));
  }

  @Test
  void eachIsEveryKindAloneOnEveryPart() {
    List<List<Fault>> rounds = Faults.parse("each");
    assertThat(rounds)
        .hasSize(Faults.PARTS.size() * Kind.values().length)
        .doesNotHaveDuplicates()
        .allMatch(round -> round.size() == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kill", "kill:cat", "break:order", "kill:order+pause:order"})
  void whatIsWrittenWrongIsRefused(String text) {
    assertThatThrownBy(() -> Faults.parse(text)).isInstanceOf(Refusal.class);
  }

  @Test
  void theShortFormBreaksEveryMainPartInEveryWay() {
    List<Fault> faults = Faults.parse(Faults.SHORT).stream().flatMap(List::stream).toList();
    assertThat(faults)
        .extracting(Fault::part)
        .contains(
            "order",
            "item",
            "payment",
            "search",
            "aggregate",
            "member",
            "gateway",
            "kafka",
            "mariadb",
            "mongodb",
            "redis");
    assertThat(faults).extracting(Fault::kind).contains(Kind.values());
  }

  @Test
  void aPauseAndABlackHoleOutliveTheDeadline() {
    Duration deadline = Duration.ofSeconds(5);
    assertThat(first(7, true).stream().flatMap(List::stream))
        .filteredOn(fault -> fault.kind() == Kind.PAUSE || fault.kind() == Kind.SWALLOW)
        .extracting(Fault::lasts)
        .allMatch(lasts -> lasts.compareTo(deadline) > 0);
  }
}
