package jangteo.order.audit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reading sorted things page by page, side by side, and in slices. */
class SortedTest {

  private static List<Integer> pageOf(List<Integer> all, Optional<Integer> after, int size) {
    return all.stream().filter(n -> n > after.orElse(Integer.MIN_VALUE)).limit(size).toList();
  }

  @Test
  void pagesGoOnToTheEndAndAskNoMoreThanTheyMust() {
    for (int count = 0; count <= 7; count++) {
      List<Integer> all = IntStream.range(0, count).boxed().toList();
      List<Integer> read = new ArrayList<>();
      int[] asked = {0};
      Sorted.<Integer>pages(
              3,
              last -> {
                asked[0]++;
                return pageOf(all, last, 3);
              })
          .forEachRemaining(read::add);
      assertThat(read).isEqualTo(all);
      assertThat(asked[0]).isEqualTo(count / 3 + 1);
    }
  }

  @Test
  void takesWhatHasTheKeyAndLeavesTheRest() {
    Sorted<Integer, Integer> sorted =
        Sorted.by(Function.identity(), List.of(1, 2, 2, 4).iterator());
    assertThat(sorted.take(0)).isEmpty();
    assertThat(sorted.take(1)).containsExactly(1);
    assertThat(sorted.take(2)).containsExactly(2, 2);
    assertThat(sorted.take(3)).isEmpty();
    assertThat(sorted.head()).contains(4);
  }

  @Test
  void eachOrderIsInOneSlice() {
    List<Slice> slices = Slice.of(120_000, 50_000);
    assertThat(slices).hasSize(3);
    for (int i = 0; i < 1_000; i++) {
      String id = UUID.randomUUID().toString();
      assertThat(slices.stream().filter(slice -> slice.contains(id))).hasSize(1);
    }
    assertThat(Slice.of(0, 50_000)).hasSize(1);
    assertThat(Slice.of(0, 50_000).getFirst().contains("ffffffff-ffff-8fff-bfff-ffffffffffff"))
        .isTrue();
  }
}
