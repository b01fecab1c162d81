package jangteo.local.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jangteo.local.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClocksTest {

  @Test
  void clocksAreAheadOrBehind() {
    Clocks clocks = Clocks.parse("item:6, payment:-6");

    assertThat(clocks.of("item")).contains(Duration.ofSeconds(6));
    assertThat(clocks.of("payment")).contains(Duration.ofSeconds(-6));
    assertThat(clocks.of("member")).isEmpty();
    assertThat(Clocks.right().of("item")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "item", "item:", "item:six", "order:6", "item:6;payment:6", "item:6,"})
  void anythingElseIsRefused(String list) {
    assertThatThrownBy(() -> Clocks.parse(list))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("item:6,payment:-6");
  }
}
