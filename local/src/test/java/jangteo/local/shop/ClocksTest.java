package jangteo.local.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jangteo.local.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClocksTest {

  @Test
  void clocksAreAheadOrBehind() {
    Settings settings = Clocks.parse("item:6, payment:-6").settings();

    assertThat(settings.of("item")).containsExactly(Map.entry("CLOCK_OFFSET", "PT6S"));
    assertThat(settings.of("payment")).containsExactly(Map.entry("CLOCK_OFFSET", "PT-6S"));
    assertThat(settings.of("member")).isEmpty();
    assertThat(Clocks.right().settings()).isEqualTo(Settings.usual());
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
