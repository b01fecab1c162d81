package jangteo.order.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BasketTest {
  private static final UUID ORDER = OrderIds.of(7, "key");

  @Test
  void theHashTellsRequestsApart() {
    assertThat(basket(1, 2).hash()).isEqualTo(basket(1, 2).hash());
    assertThat(basket(1, 2).hash()).isNotEqualTo(basket(1, 3).hash());
    assertThat(basket(12, 3).hash()).isNotEqualTo(basket(1, 23).hash());
  }

  @Test
  void theTotalIsTheSumOfItsLines() {
    Purchase purchase = basket(1, 3).at(List.of(quote(12_900, "KRW")), ORDER, 7, "");

    assertThat(purchase.total()).isEqualTo(new Money(38_700, "KRW"));
  }

  @Test
  void aTotalThatNobodyCanPayIsRefused() {
    assertThatThrownBy(
            () -> basket(1, 3).at(List.of(quote(Long.MAX_VALUE / 2, "KRW")), ORDER, 7, ""))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void currenciesAreNotMixed() {
    assertThat(Basket.oneCurrency(List.of(quote(1, "KRW"), quote(2, "KRW")))).isTrue();
    assertThat(Basket.oneCurrency(List.of(quote(1, "KRW"), quote(2, "USD")))).isFalse();
  }

  private static Basket basket(long product, long quantity) {
    return new Basket(
        List.of(new Basket.Entry(product, "", 0, quantity)),
        new PaymentChoice(PaymentMethod.WALLET, ""),
        0);
  }

  private static Quote quote(long price, String currency) {
    return new Quote(1, "찻주전자", 1001, 1, 42, new Money(price, currency));
  }
}
