package jangteo.search.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.search.Shop;
import jangteo.testkit.Rest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Search over a small catalogue: words, filters, facets, orders, pages, suggestions. */
final class SearchTest {

  private static Shop shop;
  private static Rest rest;

  @BeforeAll
  static void open() {
    shop = new Shop();
    rest = shop.rest();
    shop.seller(1, "장터전자");
    shop.seller(2, "한강스포츠");
    sold(1, "소니 무선 이어폰 WF-1000XM5", "audio", "Sony", 1, 289_000, 3);
    sold(2, "삼성 갤럭시 버즈 무선이어폰", "audio", "Samsung", 1, 159_000, 0);
    sold(3, "유선 이어폰", "audio", "Acme", 2, 9_900, 50);
    sold(4, "Running Shoes for Women", "shoes", "Acme", 2, 79_000, 5);
    sold(5, "여성용 러닝화", "shoes", "한강", 2, 89_000, 5);
    shop.product(6, "아무도 팔지 않는 러닝화", "shoes", "한강");
    sold(7, "$100 <b>Gift</b> card", "cards", "Acme", 1, 100_000, 5);
    sold(10, "제주 감귤", "shops", "", 1, 12_000, 5);
    sold(11, "감귤 주스", "shops/food", "", 1, 9_000, 5);
    sold(12, "한라봉 감귤", "shops/food/fruit", "", 1, 19_000, 5);
    shop.rating(1, 0, 0, 0, 1, 1);
    shop.rating(3, 1, 0, 1, 0, 0);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                search("").at("/total").asLong() == 10
                    && search("inStock=true").at("/total").asLong() == 8
                    && search("minRating=1").at("/total").asLong() == 2);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  private static void sold(
      long id, String name, String category, String brand, long seller, long price, long stock) {
    shop.product(id, name, category, brand);
    shop.listing(id, seller, price, stock, "ON_SALE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          q=무선 이어폰                      | 1 2
          q=무선이어폰                       | 1 2
          q=이어폰&sort=price               | 3 2 1
          q=버즈                            | 2
          q=갤럭                            | 2
          q=running shoe                   | 5 4 6
          q=러닝화&sort=-createdAt          | 6 5 4
          q=SONY                           | 1
          q=한강스포츠&sort=price           | 3 4 5
          q=이어폰 신발                     | 4 3 1 5 2 6
          q=소니 headph                     | 1
          q=무 선 이 어 폰                  | 1 2
          q=무선잉                          |
          q=!!!                            |
          q=$100                           | 7
          category=shoes                   | 6 5 4
          brand=한강                        | 6 5
          brand=han                        |
          sellerId=2                       | 5 4 3
          sellerId=99                      |
          minPrice=79000&maxPrice=100000   | 7 5 4
          maxPrice=9900&category=audio     | 3
          maxPrice=9899&category=audio     |
          minPrice=0                       | 12 11 10 7 5 4 3 2 1
          minRating=4.5                    | 1
          minRating=2                      | 3 1
          inStock=false                    | 6 2
          inStock=true&category=audio      | 3 1
          sort=price                       | 11 3 10 12 4 5 7 2 1 6
          sort=-price                      | 1 2 7 5 4 12 10 3 11 6
          sort=-rating&category=audio      | 1 3 2
          sort=-createdAt&size=2           | 12 11
          sort=relevance                   | 12 11 10 7 6 5 4 3 2 1
          q=&category=                     | 12 11 10 7 6 5 4 3 2 1
          """)
  void finds(String query, String expected) {
    JsonNode found = search(query);
    assertThat(ids(found)).isEqualTo(expected == null ? List.of() : List.of(expected.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sort=cheapest             | sort
          minPrice=-1               | minPrice
          minPrice=1.5              | minPrice
          minPrice=99999999999999999999 | minPrice
          maxPrice=ten              | maxPrice
          minPrice=2&maxPrice=1     | maxPrice
          minRating=6               | minRating
          minRating=5.1             | minRating
          minRating=NaN             | minRating
          sellerId=abc              | sellerId
          inStock=maybe             | inStock
          size=0                    | size
          size=101                  | size
          cursor=!                  | cursor
          cursor=bm90IG91cnM        | cursor
          cursor=LWNyZWF0ZWRBdHw1fCsxMDAwMDAwMDAwLTEyLTMxVDIzOjU5OjU5Wg | cursor
          q=%00                     | q
          """)
  void refusesWhatIsNoFilter(String query, String field) {
    Rest.Answer answer = rest.get("/api/v1/products?" + encoded(query));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().at("/errors")).hasSize(1);
    assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void namesEveryWrongFilterAtOnce() {
    JsonNode errors = rest.get("/api/v1/products?sort=x&minPrice=x&inStock=x").body().at("/errors");
    assertThat(errors.findValuesAsText("field"))
        .containsExactlyInAnyOrder("sort", "minPrice", "inStock");
  }

  @Test
  void aCursorOfAnotherOrderIsRefused() {
    String cursor = search("sort=price&size=1").at("/nextCursor").asText();
    assertThat(rest.get("/api/v1/products?sort=-price&cursor=" + cursor).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({"sort=price", "sort=-price", "sort=-rating", "sort=-createdAt", "q=러닝화 이어폰", "q=이어폰"})
  void pagesAddUpToTheWholeResult(String query) {
    List<String> whole = ids(search(query));
    List<String> pages = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = search(query + "&size=1" + cursor);
      pages.addAll(ids(page));
      JsonNode next = page.at("/nextCursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asText();
    } while (!cursor.isEmpty());
    assertThat(pages).isEqualTo(whole);
  }

  @Test
  void facetsCountWhatAnotherChoiceWouldFind() {
    JsonNode facets = search("category=audio&brand=Sony").at("/facets");
    assertThat(counts(facets.at("/brand"))).containsExactly("Acme=1", "Samsung=1", "Sony=1");
    assertThat(counts(facets.at("/category"))).containsExactly("audio=1");
    assertThat(counts(facets.at("/seller"))).containsExactly("1=1");
    assertThat(facets.at("/seller/0/name").asText()).isEqualTo("장터전자");
    assertThat(counts(facets.at("/rating"))).containsExactly("4=1", "3=1", "2=1", "1=1");
    assertThat(facets.at("/price")).hasSize(1);

    JsonNode price = search("").at("/facets/price");
    for (JsonNode range : price) {
      String query = "minPrice=" + range.at("/from").asLong();
      if (range.has("to")) {
        query += "&maxPrice=" + range.at("/to").asLong();
      }
      assertThat(search(query).at("/total").asLong())
          .as(query)
          .isEqualTo(range.at("/count").asLong());
    }
  }

  @Test
  void aCategoryTakesInThoseBelowIt() {
    assertThat(ids(search("category=shops&sort=-createdAt"))).containsExactly("12", "11", "10");
    assertThat(ids(search("category=shops/"))).hasSize(3);
    assertThat(ids(search("category=shops/food"))).containsExactly("12", "11");
    assertThat(ids(search("category=shops/foo"))).isEmpty();
    assertThat(ids(search("category=food"))).isEmpty();

    for (JsonNode value : search("category=shops").at("/facets/category")) {
      String path = value.at("/value").asText();
      assertThat(search("category=" + path).at("/total").asLong())
          .as(path)
          .isEqualTo(value.at("/count").asLong());
    }
    assertThat(counts(search("q=감귤").at("/facets/category")))
        .containsExactly("shops=3", "shops/food=2", "shops/food/fruit=1");
  }

  @Test
  void whatWasTypedIsMarkedAndHowItWasReadIsSaid() {
    JsonNode found = search("q=무선이어폰 sony");
    assertThat(found.at("/matching").asText()).isEqualTo("EVERY_WORD");
    JsonNode highlights = found.at("/items/0/highlights");
    // 소니 무선 이어폰 WF-1000XM5
    assertThat(highlights.at("/name"))
        .hasToString("[{\"from\":0,\"to\":2},{\"from\":3,\"to\":5},{\"from\":6,\"to\":9}]");
    assertThat(highlights.at("/brand")).hasToString("[{\"from\":0,\"to\":4}]");
    assertThat(search("q=무선 이 어 폰").at("/matching").asText()).isEqualTo("RESPACED");
    assertThat(search("q=소니 headph").at("/matching").asText()).isEqualTo("ANY_WORD");
    assertThat(search("q=runn").at("/matching").asText()).isEqualTo("BEGINNING");
    assertThat(search("category=audio").has("matching")).isFalse();
    assertThat(search("category=audio").at("/items/0").has("highlights")).isFalse();
  }

  @Test
  void relatedProductsAreTheMostAlike() {
    Rest.Answer answer = rest.get("/api/v1/products/1/related?size=2");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(ids(answer.body())).containsExactly("3", "2");
    assertThat(answer.body().at("/nextCursor").isNull()).isTrue();
    assertThat(ids(rest.get("/api/v1/products/10/related").body())).containsExactly("11", "12");
    assertThat(ids(rest.get("/api/v1/products/7/related").body())).containsExactly("4", "3");
    assertThat(rest.get("/api/v1/products/999/related").status()).isEqualTo(404);
    assertThat(rest.get("/api/v1/products/1/related?size=0").status()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/products?colour=red, colour",
    "/api/v1/products?minprice=1, minprice",
    "/api/v1/products?brand=a&brand=b, brand",
    "/api/v1/products/suggest?q=a&size=3, size",
    "/api/v1/products/1/related?cursor=abc, cursor"
  })
  void aParameterThatIsNotThereOrTwiceIsRefused(String path, String field) {
    Rest.Answer answer = rest.get(path);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().at("/errors").findValuesAsText("field")).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          무선잉  | 1 2
          ㅇㅇㅍ  | 3 1 2
          ㅁㅅㅇ  | 1 2
          이어ㅍ  | 3 1 2
          이어포  | 3 1 2
          무서    | 1 2
          갤럭시버 | 2
          run    | 4
          러닝    | 5 6
          ?      |
          """)
  void suggestsWhileSomebodyTypes(String typed, String expected) {
    JsonNode suggestions = rest.get("/api/v1/products/suggest?q=" + encoded(typed)).body();
    assertThat(suggestions.at("/items").findValuesAsText("productId"))
        .isEqualTo(expected == null ? List.of() : List.of(expected.split(" ")));
  }

  @Test
  void suggestingNeedsSomethingTyped() {
    assertThat(rest.get("/api/v1/products/suggest").status()).isEqualTo(422);
    assertThat(rest.get("/api/v1/products/suggest?q=" + "a".repeat(101)).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({"999", "abc", "-1", "99999999999999999999", "1%00"})
  void aProductThatIsNotThereIs404(String id) {
    assertThat(rest.get("/api/v1/products/" + id).status()).isEqualTo(404);
  }

  private static JsonNode search(String query) {
    Rest.Answer answer = rest.get("/api/v1/products?" + encoded(query));
    assertThat(answer.status()).as("%s: %s", query, answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static List<String> ids(JsonNode found) {
    List<String> ids = new ArrayList<>();
    found.at("/items").forEach(item -> ids.add(item.at("/productId").asText()));
    return ids;
  }

  private static List<String> counts(JsonNode facet) {
    List<String> counts = new ArrayList<>();
    facet.forEach(
        value -> counts.add(value.at("/value").asText() + "=" + value.at("/count").asLong()));
    return counts;
  }

  private static String encoded(String query) {
    return URI.create(query.strip().replace(" ", "%20").replace("$", "%24").replace("<", "%3C"))
        .toASCIIString();
  }
}
