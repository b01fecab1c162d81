package jangteo.search.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.search.Shop;
import jangteo.testkit.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody turns pages while products between them change, come and go: what stayed as it was is
 * shown, and shown once.
 */
final class PagesWhileDataChangesTest {

  private static final int STAYING = 18;
  private static final int MOVING = 18;
  private static final int AT_LEAST_CHANGES = 4;

  private static final AtomicBoolean CHANGING = new AtomicBoolean(true);
  private static final AtomicInteger CHANGES = new AtomicInteger();

  private static Shop shop;
  private static Rest rest;
  private static Thread others;

  @BeforeAll
  static void open() {
    shop = new Shop();
    rest = shop.rest();
    IntStream.rangeClosed(1, STAYING + MOVING).forEach(PagesWhileDataChangesTest::put);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                rest.get("/api/v1/products?inStock=true&minRating=1").body().at("/total").asInt()
                    == STAYING + MOVING);
    others = Thread.ofVirtual().start(PagesWhileDataChangesTest::change);
  }

  @AfterAll
  static void close() throws InterruptedException {
    CHANGING.set(false);
    others.join();
    shop.close();
  }

  /** Those with an even id stay; they have the others between them in every order. */
  private static void put(int id) {
    shop.product(id, "무선 이어폰 " + (id % 5 == 0 ? "소니" : "보스"), "electronics/audio", "Sony");
    shop.listing(id, 1, 1_000L * (id % 9 + 1), 5, "ON_SALE");
    shop.rating(id, 0, 0, id % 3, 0, 1 + id % 4);
  }

  private static void change() {
    Random random = new Random(7);
    while (CHANGING.get()) {
      int id = 1 + 2 * random.nextInt(MOVING);
      switch (random.nextInt(5)) {
        case 0 -> shop.erase("products", id);
        case 1 ->
            shop.listing(id, 1, 1_000L * (1 + random.nextInt(9)), random.nextInt(3), "ON_SALE");
        case 2 -> shop.rating(id, random.nextInt(3), 0, 0, 0, random.nextInt(9));
        case 3 -> put(STAYING + MOVING + 1 + 2 * random.nextInt(50));
        default -> put(id);
      }
      CHANGES.incrementAndGet();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sort=price",
        "sort=-price",
        "sort=-rating",
        "sort=-price&category=electronics&minPrice=1000",
        "q=%EC%9D%B4%EC%96%B4%ED%8F%B0",
        "q=sony%20%EC%9D%B4%EC%96%B4%ED%8F%B0%20headph",
        "q=%EC%9D%B4%EC%96%B4%ED%8F%B0&sort=-rating"
      })
  void whatStayedIsShownOnce(String query) {
    List<Integer> shown = new ArrayList<>();
    String cursor = "";
    do {
      int before = CHANGES.get();
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(() -> CHANGES.get() > before + AT_LEAST_CHANGES);
      JsonNode page = rest.get("/api/v1/products?size=8&" + query + cursor).body();
      page.at("/items").forEach(item -> shown.add(item.at("/productId").asInt()));
      JsonNode next = page.at("/nextCursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asText();
    } while (!cursor.isEmpty());

    assertThat(shown.stream().filter(id -> id % 2 == 0).sorted())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, STAYING + MOVING).filter(id -> id % 2 == 0).boxed().toList());
  }
}
