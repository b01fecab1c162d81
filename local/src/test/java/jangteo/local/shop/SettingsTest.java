package jangteo.local.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void eachServiceHasItsOwn() {
    Settings settings =
        Settings.usual().with("item", "A", "1").with("item", "B", "2").with("order", "A", "3");

    assertThat(settings.of("item")).isEqualTo(Map.of("A", "1", "B", "2"));
    assertThat(settings.of("order")).isEqualTo(Map.of("A", "3"));
    assertThat(settings.of("member")).isEmpty();
  }
}
