package jangteo.order.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrderIdsTest {

  @Test
  void theSameMemberAndKeyNameTheSameOrder() {
    assertThat(OrderIds.of(7, "key")).isEqualTo(OrderIds.of(7, "key"));
  }

  @Test
  void lengthsKeepMembersAndKeysApart() {
    assertThat(List.of(OrderIds.of(1, "23"), OrderIds.of(12, "3"), OrderIds.of(123, "x")))
        .doesNotHaveDuplicates();
  }

  @Test
  void isAUuidOfVersionEight() {
    UUID id = OrderIds.of(7, "key");

    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
  }
}
