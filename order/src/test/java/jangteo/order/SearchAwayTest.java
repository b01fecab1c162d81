package jangteo.order;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.testkit.Rest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search dies, then item dies too (design, sections 5 and 8). */
class SearchAwayTest {

  @Test
  void itemAnswersForSearchThenNobodyDoes(@TempDir Path stateDirectory) throws IOException {
    try (Shop shop = new Shop(stateDirectory, Map.of())) {
      shop.stopSearch();
      for (int i = 0; i < 10; i++) {
        assertThat(Shop.ordersTeapot(shop.member(7)).status()).isEqualTo(202);
      }
      assertThat(shop.item.calls()).isGreaterThanOrEqualTo(10);

      Rest.Answer health = shop.admin().get("/observe/health");
      assertThat(health.status()).isEqualTo(200);
      assertThat(health.body().toString()).contains("circuit breaker before search is OPEN");

      shop.stopItem();
      Rest.Answer refused = Shop.ordersTeapot(shop.member(7));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isPresent();
    }
  }

  @Test
  void whoHasWaitedTooLongForThePricesIsToldToTryAgain(@TempDir Path stateDirectory)
      throws IOException {
    try (Shop shop = new Shop(stateDirectory, Map.of("orders.record-wait", "PT1S"))) {
      shop.search.fallSilent(); // item answers when search's two seconds are over
      Rest.Answer refused = Shop.ordersTeapot(shop.member(7));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isPresent();
      assertThat(shop.item.calls()).isOne();
      assertThat(shop.member(7).get("/api/v1/orders").body().get("items")).isEmpty();
    }
  }
}
