package jangteo.order.saga;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jangteo.order.domain.OrderStatus;
import jangteo.order.saga.OrderState.Decided;
import jangteo.order.saga.OrderState.Placed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/saga.md} shows the transition table as it is; its command writes it anew. */
class SagaDocsTest {
  private static final String BEGIN = "<!-- generated from the transition table: begin -->\n";
  private static final String END = "<!-- generated from the transition table: end -->\n";

  private final List<SagaWalk.Step> steps = SagaWalk.steps();

  @Test
  void thePictureIsTheTable() throws IOException {
    Path file = Path.of(System.getProperty("basedir", "."), "..", "docs", "saga.md");
    String text = Files.readString(file, UTF_8);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    String generated = new SagaPicture(steps).markdown();
    if (Boolean.getBoolean("saga.docs.write")) {
      Files.writeString(file, text.substring(0, begin) + generated + text.substring(end), UTF_8);
      return;
    }
    assertThat(text.substring(begin, end))
        .as("docs/saga.md is out of date; the command above its picture writes it anew")
        .isEqualTo(generated);
  }

  @Test
  void everyEventIsThere() {
    assertThat(SagaWalk.events().values().stream().map(Object::getClass))
        .containsAll(kinds(SagaEvent.class).toList());
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SagaDocsTest::kinds)
        : Stream.of(type);
  }

  @Test
  void everyStateIsReached() {
    assertThat(steps.stream().map(step -> SagaWalk.name(step.after())).collect(Collectors.toSet()))
        .containsAll(Arrays.stream(OrderStatus.values()).map(Enum::name).toList());
  }

  @Test
  void theDeadlineEndsEveryOpenOrderAndNothingElse() {
    assertThat(steps)
        .filteredOn(step -> step.event().equals("DeadlinePassed"))
        .allSatisfy(
            step -> {
              if (step.before() instanceof Placed) {
                assertThat(step.after()).isInstanceOf(Decided.class);
              } else {
                assertThat(step.after()).isEqualTo(step.before());
              }
            });
  }

  @Test
  void aStrangerMovesNothing() {
    assertThat(steps)
        .filteredOn(step -> step.event().endsWith("by a stranger"))
        .allSatisfy(step -> assertThat(step.after()).isEqualTo(step.before()));
  }
}
