package jangteo.search.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.search.Shop;
import jangteo.testkit.Rest;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From events to the product page: what a visitor sees of a change in the catalogue. */
final class CatalogueTest {

  private static Shop shop;
  private static Rest rest;

  @BeforeAll
  static void open() {
    shop = new Shop();
    rest = shop.rest();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void aProductIsOneDocumentWithListingsNamesAndRating() {
    shop.seller(11, "장터전자");
    shop.seller(12, "Sound House");
    shop.product(1, "소니 무선 이어폰", "audio", "Sony");
    shop.listing(1, 11, 289_000, 12, "ON_SALE");
    shop.listing(1, 12, 279_000, 0, "ON_SALE");
    shop.rating(1, 0, 0, 1, 0, 2);

    // Products, listings, names and ratings come from a topic each, so in any order.
    JsonNode product =
        page(
            1,
            seen ->
                seen.at("/rating/count").asInt() == 3
                    && seen.at("/listings").size() == 2
                    && !seen.at("/listings/0/sellerName").asText().isEmpty()
                    && !seen.at("/listings/1/sellerName").asText().isEmpty());

    assertThat(product.at("/productId").isTextual()).isTrue();
    assertThat(product.at("/name").asText()).isEqualTo("소니 무선 이어폰");
    assertThat(product.at("/attributes/색상").asText()).isEqualTo("검정");
    assertThat(product.at("/images/0").asText()).isEqualTo("https://images.example/1.jpg");
    assertThat(product.at("/createdAt").asText()).isEqualTo("2026-01-01T00:00:01Z");
    assertThat(product.at("/listings")).hasSize(2);
    JsonNode best = product.at("/listings/0");
    assertThat(best.at("/listingId").asText()).isEqualTo("111");
    assertThat(best.at("/sellerId").asText()).isEqualTo("11");
    assertThat(best.at("/sellerName").asText()).isEqualTo("장터전자");
    assertThat(best.at("/price/amount").asLong()).isEqualTo(289_000);
    assertThat(best.at("/price/currency").asText()).isEqualTo("KRW");
    assertThat(best.at("/quantity").asLong()).isEqualTo(12);
    assertThat(best.at("/status").asText()).isEqualTo("ON_SALE");
    assertThat(best.at("/version").asLong()).isEqualTo(7);
    assertThat(product.at("/listings/1/sellerName").asText()).isEqualTo("Sound House");
    assertThat(product.at("/minPrice/amount").asLong()).isEqualTo(289_000);
    assertThat(product.at("/inStock").asBoolean()).isTrue();
    assertThat(product.at("/rating/average").asDouble()).isEqualTo(4.33);
    assertThat(product.at("/rating/stars/5").asLong()).isEqualTo(2);
  }

  @Test
  void partsWaitForTheirProduct() {
    shop.listing(2, 21, 5_000, 1, "ON_SALE");
    shop.seller(21, "일찍");
    shop.listing(20, 21, 5_000, 1, "ON_SALE");
    shop.product(20, "먼저 온 상품", "x", "y");
    page(20, seen -> seen.at("/listings/0/sellerName").asText().equals("일찍"));
    assertThat(rest.get("/api/v1/products/2").status()).isEqualTo(404);
    assertThat(rest.get("/api/v1/products?sellerId=21").body().at("/total").asLong()).isEqualTo(1);

    shop.product(2, "나중에 온 상품", "x", "y");

    JsonNode product = page(2, seen -> price(seen) == 5_000);
    assertThat(product.at("/listings/0/sellerName").asText()).isEqualTo("일찍");
  }

  @Test
  void aRenamedSellerIsRenamedInEveryProduct() {
    shop.seller(31, "옛 이름");
    for (long id = 300; id < 320; id++) {
      shop.product(id, "상품 " + id, "rename", "b");
      shop.listing(id, 31, 1_000, 1, "ON_SALE");
    }
    awaitTotal("/api/v1/products?sellerId=31", 20);

    shop.seller(31, "새이름상점");

    for (long id = 300; id < 320; id++) {
      page(id, seen -> seen.at("/listings/0/sellerName").asText().equals("새이름상점"));
    }
    awaitTotal("/api/v1/products?q=새이름상점", 20);
    assertThat(rest.get("/api/v1/products?sellerId=31").body().at("/facets/seller/0/name").asText())
        .isEqualTo("새이름상점");
  }

  @Test
  void anErasedSellerDisappears() {
    shop.seller(41, "사라질가게");
    shop.seller(42, "남을가게");
    shop.product(40, "두 곳에서 파는 것", "erase", "b");
    shop.listing(40, 41, 1_000, 5, "ON_SALE");
    shop.listing(40, 42, 2_000, 5, "ON_SALE");
    page(
        40,
        seen -> seen.at("/minPrice/amount").asLong() == 1_000 && seen.at("/listings").size() == 2);

    shop.erase("members", 41);

    JsonNode product = page(40, seen -> seen.at("/minPrice/amount").asLong() == 2_000);
    assertThat(product.toString()).doesNotContain("사라질가게");
    assertThat(product.at("/listings")).hasSize(1);
    assertThat(total("/api/v1/products?sellerId=41")).isZero();
    assertThat(total("/api/v1/products?q=사라질가게")).isZero();
  }

  @Test
  void whatIsErasedIsGoneAndStaysGone() {
    shop.product(50, "지울 상품", "erase", "b");
    shop.product(51, "지울 판매글", "erase", "b");
    shop.listing(51, 11, 1_000, 5, "ON_SALE");
    page(50, seen -> true);
    page(51, seen -> seen.at("/listings").size() == 1);

    shop.erase("products", 50);
    shop.erase("listings", 5_111);

    JsonNode product = page(51, seen -> seen.at("/listings").isEmpty());
    assertThat(product.has("minPrice")).isFalse();
    assertThat(product.at("/inStock").asBoolean()).isFalse();
    await().until(() -> rest.get("/api/v1/products/50").status() == 404);
    shop.rating(50, 0, 0, 0, 0, 1);
    shop.rating(51, 0, 0, 0, 0, 1);
    page(51, seen -> seen.at("/rating/count").asInt() == 1);
    assertThat(rest.get("/api/v1/products/50").status()).isEqualTo(404);
  }

  @Test
  void theCheapestOfferOnSaleWithStockMakesThePrice() {
    shop.product(60, "가격", "price", "b");
    shop.listing(60, 1, 3_000, 1, "ON_SALE");
    shop.listing(60, 2, 2_000, 0, "ON_SALE");
    shop.listing(60, 3, 1_000, 9, "PAUSED");
    page(60, seen -> seen.at("/listings").size() == 3 && price(seen) == 3_000);

    shop.listing(60, 1, 3_000, 0, "ON_SALE");
    JsonNode soldOut = page(60, seen -> !seen.at("/inStock").asBoolean());
    assertThat(price(soldOut)).isEqualTo(2_000);

    shop.listing(60, 3, 1_000, 9, "ON_SALE");
    page(60, seen -> price(seen) == 1_000 && seen.at("/inStock").asBoolean());
  }

  private static long price(JsonNode product) {
    return product.at("/minPrice/amount").asLong();
  }

  private static JsonNode page(long id, Predicate<JsonNode> complete) {
    return await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> rest.get("/api/v1/products/" + id),
            answer -> answer.status() == 200 && complete.test(answer.body()))
        .body();
  }

  private static long total(String path) {
    return rest.get(encoded(path)).body().at("/total").asLong();
  }

  private static void awaitTotal(String path, long expected) {
    await().atMost(Duration.ofSeconds(20)).until(() -> total(path), total -> total == expected);
  }

  private static String encoded(String path) {
    return java.net.URI.create(path).toASCIIString();
  }
}
