package jangteo.item;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.item.v1.ListingChanged;
import jangteo.item.v1.ProductChanged;
import jangteo.testkit.Rest;
import jangteo.testkit.WrongBodies;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What sellers do over REST, and what the shop hears of it (DESIGN.md sections 4 and 6). */
class CatalogueTest {

  private static RunningItem item;
  private static Topics topics;

  @BeforeAll
  static void start() {
    item = RunningItem.start();
    topics = item.topics();
  }

  @AfterAll
  static void stop() {
    topics.close();
    item.close();
  }

  private static final Map<String, Object> EARPHONES =
      Map.of(
          "name", "무선 이어폰 🎧",
          "description", "<b>조용한</b> 소리'); DROP TABLE products;--",
          "category", "전자제품",
          "brand", "소리",
          "attributes", Map.of("색상", "검정", "무게", "5 g"),
          "images", List.of("https://images.example/1.jpg"));

  private static Map<String, Object> listing(long amount, long quantity, String status) {
    return Map.of(
        "price",
        Map.of("amount", amount, "currency", "KRW"),
        "quantity",
        quantity,
        "status",
        status);
  }

  private static String listingOf(String productId) {
    return "/api/v1/items/" + productId + "/listing";
  }

  private static List<String> wrongFields(Rest.Answer answer) {
    return StreamSupport.stream(answer.body().get("errors").spliterator(), false)
        .map(error -> error.get("field").asText())
        .toList();
  }

  private static void assertProblem(Rest.Answer answer, int status) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body().get("status").asInt()).isEqualTo(status);
    assertThat(answer.body().get("detail").asText()).isNotBlank();
  }

  @Nested
  class Products {

    @Test
    void aNewProductIsAnsweredWholeAndAnnounced() {
      Rest.Answer answer = item.seller().post("/api/v1/items", EARPHONES);

      assertThat(answer.status()).isEqualTo(201);
      JsonNode product = answer.body();
      String id = product.get("productId").asText();
      assertThat(answer.header("Location")).hasValue("/api/v1/products/" + id);
      assertThat(answer.header("ETag")).hasValue("\"1\"");
      assertThat(product.get("name").asText()).isEqualTo("무선 이어폰 🎧");
      assertThat(product.get("attributes").get("색상").asText()).isEqualTo("검정");

      var record = topics.awaitRecords("products", any -> any.key().equals(id), 1).getFirst();
      assertThat(Topics.header(record, "version")).isEqualTo("1");
      ProductChanged changed = product(id, 1);
      assertThat(changed.getName()).isEqualTo("무선 이어폰 🎧");
      assertThat(changed.getOwnerId()).isEqualTo(RunningItem.SELLER);
      assertThat(changed.getAttributesMap()).containsEntry("무게", "5 g");
    }

    private static ProductChanged product(String id, int nth) {
      return topics
          .await(
              "products",
              ProductChanged.parser(),
              changed -> Long.toString(changed.getProductId()).equals(id),
              nth)
          .get(nth - 1);
    }

    @Test
    void aMergePatchChangesWhatItNamesAndRemovesNulls() {
      String id = item.seller().post("/api/v1/items", EARPHONES).body().get("productId").asText();

      Rest.Answer answer =
          item.seller()
              .patch(
                  "/api/v1/items/" + id,
                  """
                  {"name": "유선 이어폰", "brand": null, "attributes": {"무게": null, "길이": "1 m"}}""",
                  "If-Match",
                  "\"1\"");

      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
      assertThat(answer.header("ETag")).hasValue("\"2\"");
      assertThat(answer.body().get("name").asText()).isEqualTo("유선 이어폰");
      assertThat(answer.body().get("brand").asText()).isEmpty();
      assertThat(answer.body().get("category").asText()).isEqualTo("전자제품");
      assertThat(answer.body().get("attributes").toString())
          .isEqualTo("{\"길이\":\"1 m\",\"색상\":\"검정\"}");
      assertThat(product(id, 2).getName()).isEqualTo("유선 이어폰");
    }

    @Test
    void aStaleEntityTagIsRefused() {
      String id = item.product("책");
      String path = "/api/v1/items/" + id;
      item.seller().patch(path, Map.of("brand", "하나"));

      assertProblem(item.seller().patch(path, Map.of("brand", "둘"), "If-Match", "\"1\""), 412);
      assertThat(item.seller().patch(path, Map.of("brand", "둘"), "If-Match", "\"2\"").status())
          .isEqualTo(200);
    }

    @Test
    void onlyTheOwnerAndAdminsChangeIt() {
      String path = "/api/v1/items/" + item.product("책");

      assertProblem(
          item.as(RunningItem.ANOTHER_SELLER, "SELLER").patch(path, Map.of("brand", "x")), 403);
      assertThat(item.as(99, "ADMIN").patch(path, Map.of("brand", "x")).status()).isEqualTo(200);
    }

    @Test
    void allThatIsWrongIsNamedAtOnce() {
      Rest.Answer answer =
          item.seller()
              .post(
                  "/api/v1/items",
                  Map.of(
                      "name", " ",
                      "brand", "b".repeat(101),
                      "attributes", Map.of("크기", ""),
                      "images", List.of("https://ok.example/1.jpg", "javascript:alert(1)")));

      assertProblem(answer, 422);
      assertThat(wrongFields(answer))
          .containsExactly("name", "brand", "attributes.크기", "images[1]");
    }

    @Test
    void whatCannotBeReadOrStoredIsRefused() {
      Rest seller = item.seller();

      assertProblem(seller.post("/api/v1/items", "{\"name\": "), 400);
      assertProblem(seller.post("/api/v1/items", Map.of("name", "책", "colour", "red")), 400);
      assertProblem(seller.post("/api/v1/items", Map.of("name", 7)), 400);
      assertProblem(
          seller.post("/api/v1/items", Map.of("name", "책"), "Content-Type", "text/plain"), 415);
      assertProblem(seller.post("/api/v1/items", "{\"name\": \"\\ud800\"}"), 422);
      assertProblem(seller.post("/api/v1/items", "{\"name\": \"a\\u0000b\"}"), 422);
      assertProblem(seller.patch("/api/v1/items/" + item.product("책"), "[]"), 400);
      assertProblem(seller.patch("/api/v1/items/" + item.product("책"), "{\"size\": 1}"), 400);
      assertProblem(seller.patch("/api/v1/items/" + item.product("책"), "{\"name\": null}"), 422);
    }

    @Test
    void halfASurrogatePairIsRefusedWhereverItStands() {
      Rest seller = item.seller();
      String half = "{\"name\": \"책\", \"images\": [\"https://ok.example/\\ud800\"]}";
      Rest.Answer image = seller.post("/api/v1/items", half);
      assertProblem(image, 422);
      assertThat(wrongFields(image)).containsExactly("images[0]");

      // A key makes the body be compared before anybody has looked at it.
      Rest.Answer withKey =
          seller.patch(
              "/api/v1/items/" + item.product("책"),
              "{\"name\": \"\\ud800\"}",
              "Idempotency-Key",
              UUID.randomUUID().toString());
      assertProblem(withKey, 422);
      assertThat(wrongFields(withKey)).containsExactly("name");
    }

    @Test
    void noBodyIsTheServicesFault() {
      Rest seller = item.seller();
      String path = "/api/v1/items/" + item.product("책");
      WrongBodies.areNeverTheServicesFault(
          EARPHONES, body -> seller.post("/api/v1/items", body, "Idempotency-Key", newKey()));
      WrongBodies.areNeverTheServicesFault(
          EARPHONES, body -> seller.patch(path, body, "Idempotency-Key", newKey()));
      WrongBodies.areNeverTheServicesFault(
          listing(59_000, 10, "ON_SALE"), body -> seller.put(path + "/listing", body));
      WrongBodies.areNeverTheServicesFault(
          Map.of("delta", 1), body -> seller.post(path + "/listing/stock", body));
    }

    private static String newKey() {
      return UUID.randomUUID().toString();
    }

    @Test
    void onlySellersMakeProducts() {
      Map<String, String> book = Map.of("name", "책");

      assertProblem(item.anybody().post("/api/v1/items", book), 401);
      assertProblem(
          item.anybody()
              .as(item.tokens().expired(RunningItem.SELLER, "SELLER"))
              .post("/api/v1/items", book),
          401);
      assertProblem(
          item.anybody()
              .as(item.tokens().signedByStranger(RunningItem.SELLER, "SELLER"))
              .post("/api/v1/items", book),
          401);
      assertProblem(item.as(5, "BUYER").post("/api/v1/items", book), 403);
    }

    @Test
    void whatIsNotThereIsNotFound() {
      assertProblem(item.seller().patch("/api/v1/items/123", Map.of("name", "책")), 404);
      assertProblem(item.seller().patch("/api/v1/items/abc", Map.of("name", "책")), 404);
      assertProblem(item.seller().get("/api/v1/items"), 405);
    }

    @Test
    void aRepeatedKeyGetsTheFirstAnswer() {
      String key = UUID.randomUUID().toString();
      Rest.Answer first = item.seller().post("/api/v1/items", EARPHONES, "Idempotency-Key", key);
      Rest.Answer again = item.seller().post("/api/v1/items", EARPHONES, "Idempotency-Key", key);

      assertThat(again.status()).isEqualTo(201);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
      assertProblem(
          item.seller().post("/api/v1/items", Map.of("name", "책"), "Idempotency-Key", key), 422);
    }
  }

  @Nested
  class Listings {

    @Test
    void aListingIsNewOnceThenReplaced() {
      String product = item.product("신발");

      Rest.Answer opened = item.seller().put(listingOf(product), listing(59_000, 10, "ON_SALE"));
      assertThat(opened.status()).as(opened.body().toString()).isEqualTo(201);
      assertThat(opened.header("Location")).hasValue("/api/v1/products/" + product);
      assertThat(opened.header("ETag")).hasValue("\"1\"");
      assertThat(opened.body().get("sellerId").asText())
          .isEqualTo(Long.toString(RunningItem.SELLER));

      Rest.Answer replaced = item.seller().put(listingOf(product), listing(49_000, 8, "PAUSED"));
      assertThat(replaced.status()).isEqualTo(200);
      assertThat(replaced.header("ETag")).hasValue("\"2\"");
      assertThat(replaced.body().get("listingId")).isEqualTo(opened.body().get("listingId"));

      List<ListingChanged> heard =
          topics.await(
              "listings",
              ListingChanged.parser(),
              changed -> Long.toString(changed.getProductId()).equals(product),
              2);
      assertThat(heard).extracting(ListingChanged::getSequence).containsExactly(1L, 2L);
      assertThat(heard.getLast().getPrice().getAmount()).isEqualTo(49_000);
      assertThat(heard.getLast().getAvailable()).isEqualTo(8);
    }

    @Test
    void theEntityTagLeavesTheStockOut() {
      String product = item.product("신발");
      item.seller().put(listingOf(product), listing(59_000, 10, "ON_SALE"));

      Rest.Answer more = item.seller().post(listingOf(product) + "/stock", Map.of("delta", 5));
      assertThat(more.status()).isEqualTo(200);
      assertThat(more.body().get("quantity").asLong()).isEqualTo(15);
      assertThat(more.header("ETag")).hasValue("\"1\"");

      assertThat(
              item.seller()
                  .put(listingOf(product), listing(49_000, 15, "ON_SALE"), "If-Match", "\"1\"")
                  .status())
          .isEqualTo(200);
      assertProblem(
          item.seller()
              .put(listingOf(product), listing(39_000, 15, "ON_SALE"), "If-Match", "\"1\""),
          412);
    }

    @Test
    void everySellerHasOneOfItsOwn() {
      String product = item.product("신발");
      long mine = item.listing(product, 59_000, 1);
      long theirs = item.listing(RunningItem.ANOTHER_SELLER, product, 58_000, 1, "ON_SALE");

      assertThat(theirs).isNotEqualTo(mine);
    }

    @Test
    void stockNeverGoesBelowWhatIsReserved() {
      String product = item.product("신발");
      long listing = item.listing(product, AnOrder.PRICE, 10);
      var order = AnOrder.of(listing, 4);
      topics.tell(order.placed());
      topics.replies(order.id(), 1);
      String stock = listingOf(product) + "/stock";

      assertProblem(item.seller().post(stock, Map.of("delta", -7)), 409);
      assertProblem(
          item.seller().put(listingOf(product), listing(AnOrder.PRICE, 3, "ON_SALE")), 409);

      Rest.Answer least = item.seller().post(stock, Map.of("delta", -6));
      assertThat(least.status()).isEqualTo(200);
      assertThat(least.body().get("reserved").asLong()).isEqualTo(4);
      assertThat(least.body().get("available").asLong()).isZero();
    }

    @Test
    void refusals() {
      String product = item.product("신발");
      Rest seller = item.seller();

      Rest.Answer answer =
          seller.put(
              listingOf(product),
              Map.of(
                  "price",
                  Map.of("amount", -1, "currency", "WON"),
                  "quantity",
                  -5,
                  "status",
                  "SOLD"));
      assertProblem(answer, 422);
      assertThat(wrongFields(answer))
          .containsExactlyInAnyOrder("price.amount", "price.currency", "quantity", "status");
      assertProblem(seller.put(listingOf(product), "{\"quantity\": 1.5}"), 400);
      assertProblem(seller.put(listingOf("123"), listing(1, 1, "ON_SALE")), 404);
      assertProblem(seller.post(listingOf(product) + "/stock", Map.of("delta", 1)), 404);
      assertProblem(
          seller.put(listingOf(product), listing(1, 1, "ON_SALE"), "If-Match", "\"1\""), 412);
      assertProblem(item.as(5, "BUYER").put(listingOf(product), listing(1, 1, "ON_SALE")), 403);
      assertProblem(item.anybody().put(listingOf(product), listing(1, 1, "ON_SALE")), 401);
    }
  }
}
