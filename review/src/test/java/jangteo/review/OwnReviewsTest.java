package jangteo.review;

import static jangteo.review.Problems.assertForbidden;
import static jangteo.review.Problems.assertInvalid;
import static jangteo.review.Problems.assertNotFound;
import static jangteo.review.Problems.assertProblem;
import static jangteo.review.Problems.assertUnauthorized;
import static jangteo.review.Shop.opinion;
import static jangteo.review.Shop.reviewsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.review.v1.RatingCounts;
import jangteo.review.v1.ReviewChanged;
import jangteo.testkit.Rest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A member changes, deletes and finds reviews of their own. */
class OwnReviewsTest {
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.shared();
  }

  @Test
  void anEditChangesWhatIsGivenAndMovesTheStars() {
    long tea = shop.newId();
    long author = shop.buyerOf(tea);
    JsonNode written = shop.written(tea, author, 5);

    Rest.Answer edited = shop.member(author).patch(Shop.path(written), Map.of("rating", 2));

    assertThat(edited.status()).as("%s", edited.body()).isEqualTo(200);
    assertThat(edited.header("ETag")).hasValue("\"2\"");
    assertThat(edited.body().path("rating").asInt()).isEqualTo(2);
    assertThat(edited.body().path("title")).isEqualTo(written.path("title"));
    assertThat(edited.body().path("createdAt")).isEqualTo(written.path("createdAt"));
    assertThat(shop.anybody().get(Shop.path(written)).body()).isEqualTo(edited.body());
    assertThat(shop.stars(tea)).containsExactly(0L, 1L, 0L, 0L, 0L);

    ReviewChanged told = lastTold(tea, 2);
    assertThat(told.getVersion()).isEqualTo(2);
    assertThat(told.getRating()).isEqualTo(2);
    assertThat(told.getProductRating())
        .isEqualTo(RatingCounts.newBuilder().setProductId(tea).setVersion(2).setTwo(1).build());
  }

  @Test
  void anEditOfTheTextLeavesTheCountsAsTheyAre() {
    long cake = shop.newId();
    long author = shop.buyerOf(cake);
    String review = Shop.path(shop.written(cake, author, 4));

    Rest.Answer edited = shop.member(author).patch(review, Map.of("text", "다시 생각해 보니 더 좋아요."));

    assertThat(edited.body().path("text").asText()).isEqualTo("다시 생각해 보니 더 좋아요.");
    assertThat(lastTold(cake, 2).getProductRating())
        .isEqualTo(RatingCounts.newBuilder().setProductId(cake).setVersion(1).setFour(1).build());
  }

  @Test
  void anEditThatChangesNothingIsNoChange() {
    long jam = shop.newId();
    long author = shop.buyerOf(jam);
    String review = Shop.path(shop.written(jam, author, 3));
    assertThat(shop.member(author).patch(review, Map.of()).header("ETag")).hasValue("\"1\"");
    assertThat(shop.member(author).patch(review, opinion(3)).header("ETag")).hasValue("\"1\"");
  }

  @Test
  void aStaleVersionIsRefused() {
    long rug = shop.newId();
    long author = shop.buyerOf(rug);
    String review = Shop.path(shop.written(rug, author, 3));
    Rest member = shop.member(author);
    String seen = shop.anybody().get(review).header("ETag").orElseThrow();
    assertThat(member.patch(review, Map.of("rating", 4), "If-Match", seen).status()).isEqualTo(200);

    Rest.Answer stale = member.patch(review, Map.of("rating", 5), "If-Match", seen);
    assertProblem(stale, 412, "precondition-failed");
    assertProblem(member.delete(review, "If-Match", seen), 412, "precondition-failed");
    assertThat(shop.stars(rug)).containsExactly(0L, 0L, 0L, 1L, 0L);
    assertThat(member.delete(review, "If-Match", "\"2\"").status()).isEqualTo(204);
  }

  @Test
  void everyWrongFieldOfAnEditIsNamed() {
    long oil = shop.newId();
    long author = shop.buyerOf(oil);
    String review = Shop.path(shop.written(oil, author, 3));
    assertInvalid(
        shop.member(author)
            .patch(
                review, "{\"rating\": 0, \"title\": null, \"text\": \"" + "x".repeat(5001) + "\"}"),
        "rating",
        "title",
        "text");
  }

  @Test
  void onlyTheAuthorChangesAReview() {
    String review = shop.reviewed(shop.newId());
    Map<String, Integer> patch = Map.of("rating", 1);
    assertUnauthorized(shop.anybody().patch(review, patch));
    assertUnauthorized(shop.anybody().delete(review));
    assertForbidden(shop.member(shop.newId()).patch(review, patch));
    assertForbidden(shop.member(shop.newId()).delete(review));
    assertForbidden(shop.seller(Shop.SELLER).delete(review));
    assertForbidden(shop.admin().patch(review, patch));
    assertNotFound(shop.member(1).patch("/api/v1/reviews/" + UUID.randomUUID(), patch));
  }

  @Test
  void aDeletedReviewIsGoneAndMayBeWrittenAgain() {
    long pan = shop.newId();
    long author = shop.buyerOf(pan);
    JsonNode first = shop.written(pan, author, 1);
    shop.member(shop.newId()).post(Shop.path(first) + "/helpful");

    assertThat(shop.member(author).delete(Shop.path(first)).status()).isEqualTo(204);
    assertNotFound(shop.member(author).delete(Shop.path(first)));
    assertNotFound(shop.member(author).get(Shop.path(first)));
    assertThat(shop.anybody().get(reviewsOf(pan)).body().path("items")).isEmpty();
    assertThat(shop.stars(pan)).containsOnly(0L);
    ReviewChanged told = lastTold(pan, 2);
    assertThat(told.getDeleted()).isTrue();
    assertThat(told.getVisible()).isFalse();
    assertThat(told.getMemberId()).isZero();
    assertThat(told.getVersion()).isEqualTo(2);
    assertThat(told.getProductRating())
        .isEqualTo(RatingCounts.newBuilder().setProductId(pan).setVersion(2).build());

    JsonNode second = shop.written(pan, author, 5);
    assertThat(second.path("reviewId")).isNotEqualTo(first.path("reviewId"));
    assertThat(second.path("helpful").asLong()).isZero();
    assertThat(shop.stars(pan)).containsExactly(0L, 0L, 0L, 0L, 1L);
  }

  @Test
  void anAdminDeletesWhatOthersWrote() {
    long fan = shop.newId();
    String review = shop.reviewed(fan);
    assertThat(shop.admin().delete(review).status()).isEqualTo(204);
    assertThat(shop.stars(fan)).containsOnly(0L);
  }

  @Test
  void theSameKeyIsTheSameChange() {
    long mug = shop.newId();
    long author = shop.buyerOf(mug);
    Rest member = shop.member(author);
    String review = Shop.path(shop.written(mug, author, 3));

    Rest.Answer edit = member.patch(review, Map.of("rating", 4), "Idempotency-Key", "mug");
    Rest.Answer again = member.patch(review, Map.of("rating", 4), "Idempotency-Key", "mug");
    assertThat(again.body()).isEqualTo(edit.body());
    assertThat(again.header("ETag")).isEqualTo(edit.header("ETag")).hasValue("\"2\"");
    Rest.Answer other = member.patch(review, Map.of("rating", 5), "Idempotency-Key", "mug");
    assertProblem(other, 422, "idempotency-key-reused");

    assertThat(member.delete(review, "Idempotency-Key", "off").status()).isEqualTo(204);
    assertThat(member.delete(review, "Idempotency-Key", "off").status()).isEqualTo(204);
    assertNotFound(member.delete(review, "Idempotency-Key", "off-again"));
  }

  @Test
  void aMemberFindsAllTheirReviews() {
    long[] products = {shop.newId(), shop.newId(), shop.newId()};
    long author = shop.buyerOf(products);
    for (long product : products) {
      shop.written(product, author, 5);
    }
    shop.reviewed(products[0]);
    JsonNode first = shop.member(author).get("/api/v1/reviews?size=2").body();
    String cursor = first.path("nextCursor").asText();
    JsonNode second = shop.member(author).get("/api/v1/reviews?size=2&cursor=" + cursor).body();
    assertThat(productsOf(first)).containsExactly(products[2], products[1]);
    assertThat(productsOf(second)).containsExactly(products[0]);
    assertThat(second.path("nextCursor").isNull()).isTrue();
    assertUnauthorized(shop.anybody().get("/api/v1/reviews"));
    assertInvalid(shop.member(author).get("/api/v1/reviews?cursor=abc"), "cursor");
  }

  private static List<Long> productsOf(JsonNode page) {
    return page.path("items").findValuesAsText("productId").stream().map(Long::valueOf).toList();
  }

  private static ReviewChanged lastTold(long product, int records) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(shop.told(product)).hasSize(records));
    return shop.told(product).getLast();
  }
}
