package jangteo.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.chassis.data.Database;
import jangteo.testkit.Rest;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Categories are a tree that products make. */
class CategoriesTest {

  private static RunningItem item;

  @BeforeAll
  static void start() {
    item = RunningItem.start("categories.count-every", "PT0S");
  }

  @AfterAll
  static void stop() {
    item.close();
  }

  private static Rest.Answer product(String category) {
    return item.seller().post("/api/v1/items", Map.of("name", "책", "category", category));
  }

  private static JsonNode child(JsonNode categories, String name) {
    for (JsonNode category : categories) {
      if (category.get("name").asText().equals(name)) {
        return category;
      }
    }
    throw new AssertionError("no " + name + " in " + categories);
  }

  private static void assertCounts(JsonNode category, long products, long total) {
    assertThat(category.get("products").asLong()).as(category.toString()).isEqualTo(products);
    assertThat(category.get("total").asLong()).as(category.toString()).isEqualTo(total);
  }

  @Test
  void eachHasItsProductsAndThoseBelowIt() {
    product("전자제품");
    product("전자제품/음향");
    product(" 전자제품 / 음향 ");
    product("전자제품/음향/이어폰");
    product("도서/소설");
    product("");
    String gone = product("도서/시").body().get("productId").asText();
    item.seller().delete("/api/v1/items/" + gone);

    JsonNode tree = item.anybody().get("/api/v1/categories").body().get("categories");

    JsonNode electronics = child(tree, "전자제품");
    assertCounts(electronics, 1, 4);
    JsonNode audio = child(electronics.get("children"), "음향");
    assertCounts(audio, 2, 3);
    assertThat(audio.get("path").asText()).isEqualTo("전자제품/음향");
    assertCounts(child(audio.get("children"), "이어폰"), 1, 1);
    JsonNode books = child(tree, "도서");
    assertCounts(books, 0, 1);
    assertThat(books.get("children")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "a/", "/a", "a//b", "a/ /b", "a/b/c/d/e/f"})
  void whatIsNoPathIsRefused(String category) {
    Rest.Answer answer = product(category);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().get("errors").get(0).get("field").asText()).isEqualTo("category");
  }

  @Test
  void namesThatDifferAreDifferentCategories() {
    product("Cafe");
    product("café");
    product("cafe");

    JsonNode tree = item.anybody().get("/api/v1/categories").body().get("categories");

    assertCounts(child(tree, "Cafe"), 1, 1);
    assertCounts(child(tree, "café"), 1, 1);
    assertCounts(child(tree, "cafe"), 1, 1);
  }

  @Test
  void theyAreCountedFromTheIndexAlone() {
    new Bulk(item, 500)
        .post(
            Bulk.NDJSON,
            IntStream.range(0, 500)
                .mapToObj(n -> "{\"name\": \"책\", \"category\": \"서가/" + n % 20 + "\"}\n")
                .collect(Collectors.joining()));
    Database database = item.openDatabase();
    try {
      String plan =
          database.read(
              sql ->
                  sql
                      .all(
                          """
                          EXPLAIN SELECT category, COUNT(*) AS counted FROM products FORCE INDEX (products_category)
                          WHERE erased_at IS NULL AND category <> '' GROUP BY category ORDER BY category LIMIT 10""")
                      .stream()
                      .map(row -> row.text("key") + ": " + row.text("extra"))
                      .collect(Collectors.joining()));
      assertThat(plan).contains("products_category", "Using index");
      assertThat(plan).doesNotContain("temporary", "filesort");
    } finally {
      database.stop();
    }
  }
}
