package jangteo.review;

import static jangteo.review.Problems.assertInvalid;
import static jangteo.review.Shop.reviewsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.chassis.web.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReadingReviewsTest {
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.shared();
  }

  @Test
  void aProductWithoutReviewsHasAnEmptyListAndZeroCounts() {
    JsonNode answer = shop.anybody().get(reviewsOf(shop.newId())).body();
    assertThat(answer.path("items")).isEmpty();
    assertThat(answer.path("nextCursor").isNull()).isTrue();
    assertThat(answer.path("rating").path("count").asLong()).isZero();
    assertThat(answer.path("rating").path("stars").path("5").asLong(-1)).isZero();
  }

  @Test
  void everyReviewComesOnceInEachOrder() {
    long product = shop.newId();
    List<Integer> written = List.of(3, 5, 1, 5, 3, 2, 4);
    written.forEach(rating -> shop.written(product, shop.buyerOf(product), rating));

    assertThat(ratings(product, "-createdAt")).containsExactly(4, 2, 3, 5, 1, 5, 3);
    assertThat(ratings(product, "-rating")).containsExactly(5, 5, 4, 3, 3, 2, 1);
    assertThat(ratings(product, "rating")).containsExactly(1, 2, 3, 3, 4, 5, 5);

    JsonNode rating = shop.anybody().get(reviewsOf(product)).body().path("rating");
    assertThat(rating.path("count").asInt()).isEqualTo(7);
    assertThat(rating.path("average").decimalValue()).isEqualByComparingTo("3.29");
  }

  @Test
  void aReviewWrittenMeanwhileMovesNoPage() {
    long product = shop.newId();
    for (int rating : new int[] {1, 2, 3}) {
      shop.written(product, shop.buyerOf(product), rating);
    }
    JsonNode first = shop.anybody().get(reviewsOf(product) + "?size=2").body();
    shop.written(product, shop.buyerOf(product), 5);
    JsonNode second = next(product, "?size=2", first);
    assertThat(second.path("items").findValuesAsText("rating")).containsExactly("1");
  }

  @Test
  void whatIsNotOfThisListIsRefused() {
    long product = shop.newId();
    for (int rating : new int[] {1, 2}) {
      shop.written(product, shop.buyerOf(product), rating);
    }
    assertInvalid(shop.anybody().get(reviewsOf(product) + "?sort=name"), "sort");
    assertInvalid(shop.anybody().get(reviewsOf(product) + "?size=101"), "size");
    assertInvalid(shop.anybody().get(reviewsOf(product) + "?cursor=abc"), "cursor");
    JsonNode newest = shop.anybody().get(reviewsOf(product) + "?size=1").body();
    String cursor = newest.path("nextCursor").asText();
    assertInvalid(
        shop.anybody().get(reviewsOf(product) + "?sort=rating&size=1&cursor=" + cursor), "cursor");
    for (String time : List.of("+1000000000-12-31T23:59:59Z", "+12026-01-01T00:00:00Z")) {
      String beyond = Page.encode("NEWEST;5;" + time + ";" + UUID.randomUUID());
      assertInvalid(shop.anybody().get(reviewsOf(product) + "?cursor=" + beyond), "cursor");
    }
  }

  @Test
  void theMembersNameIsFollowedAndForgotten() {
    long product = shop.newId();
    long buyer = shop.buyerOf(product);
    shop.publish(Shop.named(buyer, 1, "김하나"));
    shop.written(product, buyer, 5);
    awaitName(product, "김하나");

    shop.publish(Shop.named(buyer, 3, "김두리"));
    awaitName(product, "김두리");

    shop.publish(Shop.erased(buyer), Shop.named(buyer, 2, "김하나"));
    awaitName(product, null);
    shop.publish(Shop.named(buyer, 4, "김셋"), Shop.erased(buyer));
    awaitName(product, null);
  }

  @Test
  void anUnknownReviewIsNotFound() {
    assertThat(shop.anybody().get("/api/v1/reviews/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(shop.anybody().get("/api/v1/reviews/none").status()).isEqualTo(404);
    assertThat(shop.anybody().get("/api/v1/products/none/reviews").status()).isEqualTo(404);
  }

  private static void awaitName(long product, String name) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonNode review = shop.anybody().get(reviewsOf(product)).body().path("items").get(0);
              assertThat(review.path("memberName").textValue()).isEqualTo(name);
            });
  }

  /** The ratings of all pages of two. */
  private static List<Integer> ratings(long product, String sort) {
    String query = "?size=2&sort=" + sort;
    List<Integer> all = new ArrayList<>();
    JsonNode page = shop.anybody().get(reviewsOf(product) + query).body();
    while (true) {
      page.path("items").forEach(item -> all.add(item.path("rating").asInt()));
      if (page.path("nextCursor").isNull()) {
        return all;
      }
      page = next(product, query, page);
    }
  }

  private static JsonNode next(long product, String query, JsonNode page) {
    String cursor = page.path("nextCursor").textValue();
    return shop.anybody().get(reviewsOf(product) + query + "&cursor=" + cursor).body();
  }
}
