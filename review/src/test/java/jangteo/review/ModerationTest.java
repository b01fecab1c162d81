package jangteo.review;

import static jangteo.review.Problems.assertForbidden;
import static jangteo.review.Problems.assertInvalid;
import static jangteo.review.Problems.assertNotFound;
import static jangteo.review.Problems.assertProblem;
import static jangteo.review.Problems.assertUnauthorized;
import static jangteo.review.Shop.reviewsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.review.v1.RatingCounts;
import jangteo.testkit.Rest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Admins see what was reported, take reviews out and put them back. */
class ModerationTest {
  private static final String ALL = "/api/v1/admin/reviews";
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.shared();
  }

  @Test
  void aHiddenReviewIsNeitherShownNorCounted() {
    long soup = shop.newId();
    shop.reviewed(soup);
    long author = shop.buyerOf(soup);
    JsonNode review = shop.written(soup, author, 1);

    Rest.Answer hidden = decide(review, "hide");
    assertThat(hidden.body().path("state").asText()).isEqualTo("HIDDEN");
    assertThat(hidden.header("ETag")).hasValue("\"2\"");
    JsonNode list = shop.anybody().get(reviewsOf(soup)).body();
    assertThat(list.path("items")).hasSize(1);
    assertThat(list.path("rating").path("average").decimalValue()).isEqualByComparingTo("5");
    assertThat(shop.stars(soup)).containsExactly(0L, 0L, 0L, 0L, 1L);

    assertThat(decide(review, "restore").body().path("state").asText()).isEqualTo("VISIBLE");
    assertThat(shop.anybody().get(reviewsOf(soup)).body().path("items")).hasSize(2);
    assertThat(shop.stars(soup)).containsExactly(1L, 0L, 0L, 0L, 1L);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(shop.told(soup))
                    .filteredOn(told -> told.getReviewId().equals(id(review)))
                    .extracting(
                        told -> told.getVersion(),
                        told -> told.getVisible(),
                        told -> told.getProductRating())
                    .containsExactly(
                        tuple(1L, true, counts(soup, 2, 1)),
                        tuple(2L, false, counts(soup, 3, 0)),
                        tuple(3L, true, counts(soup, 4, 1))));
  }

  @Test
  void toOthersAHiddenReviewIsNotThereAndToItsAuthorItIsHidden() {
    long sofa = shop.newId();
    long author = shop.buyerOf(sofa);
    JsonNode review = shop.written(sofa, author, 4);
    String path = Shop.path(review);
    decide(review, "hide");

    Rest other = shop.member(shop.newId());
    assertNotFound(shop.anybody().get(path));
    assertNotFound(other.get(path));
    assertNotFound(other.patch(path, Map.of("rating", 1)));
    assertNotFound(other.delete(path));
    assertNotFound(other.post(path + "/helpful"));
    assertNotFound(other.post(path + "/report", Map.of("reason", "광고")));
    assertNotFound(shop.seller(Shop.SELLER).put(path + "/reply", Map.of("text", "네")));

    Rest own = shop.member(author);
    assertThat(own.get(path).body().path("state").asText()).isEqualTo("HIDDEN");
    assertThat(own.get("/api/v1/reviews").body().path("items").get(0).path("state").asText())
        .isEqualTo("HIDDEN");
    assertThat(shop.admin().get(path).body().path("state").asText()).isEqualTo("HIDDEN");
    assertProblem(own.post(reviewsOf(sofa), Shop.opinion(5)), 409, "conflict");

    JsonNode edited = own.patch(path, Map.of("rating", 5)).body();
    assertThat(edited.path("state").asText()).as("an edit unhides nothing").isEqualTo("HIDDEN");
    assertThat(shop.stars(sofa)).containsOnly(0L);
    decide(review, "restore");
    assertThat(shop.stars(sofa)).containsExactly(0L, 0L, 0L, 0L, 1L);

    decide(review, "hide");
    assertThat(own.delete(path).status()).isEqualTo(204);
    assertThat(shop.stars(sofa)).containsOnly(0L);
  }

  @Test
  void decidingAgainIsHarmless() {
    long desk = shop.newId();
    JsonNode review = shop.written(desk, shop.buyerOf(desk), 3);
    decide(review, "restore");
    decide(review, "hide");
    assertThat(decide(review, "hide").header("ETag")).hasValue("\"2\"");
    decide(review, "restore");
    assertThat(decide(review, "restore").header("ETag")).hasValue("\"3\"");
    assertThat(shop.stars(desk)).containsExactly(0L, 0L, 1L, 0L, 0L);
  }

  @Test
  void anAdminDecidesOnWhatWasSeen() {
    long bed = shop.newId();
    long author = shop.buyerOf(bed);
    JsonNode review = shop.written(bed, author, 3);
    shop.member(author).patch(Shop.path(review), Map.of("text", "고쳤습니다."));
    Rest.Answer late = shop.admin().post(ALL + "/" + id(review) + "/hide", "", "If-Match", "\"1\"");
    assertProblem(late, 412, "precondition-failed");
  }

  @Test
  void aReportShowsUntilAnAdminHasDecided() {
    long milk = shop.newId();
    JsonNode review = shop.written(milk, shop.buyerOf(milk), 1);
    long reader = shop.newId();
    shop.publish(Shop.named(reader, 1, "박신고"));
    report(review, reader, "욕설입니다.");
    report(review, reader, "다시 신고합니다.");
    report(review, shop.newId(), "광고 <b>아님</b>");

    JsonNode seen = listed("REPORTED", review).orElseThrow();
    assertThat(seen.path("state").asText()).isEqualTo("REPORTED");
    assertThat(seen.path("openReports").asLong()).isEqualTo(2);
    assertThat(seen.path("reports").findValuesAsText("reason"))
        .containsExactly("광고 <b>아님</b>", "욕설입니다.");
    assertThat(seen.path("memberId").asText()).isNotEmpty();
    assertThat(listed("VISIBLE", review)).isEmpty();
    assertThat(shop.anybody().get(Shop.path(review)).body().path("state").asText())
        .as("what others see")
        .isEqualTo("VISIBLE");

    JsonNode kept = decide(review, "restore").body();
    assertThat(kept.path("state").asText()).isEqualTo("VISIBLE");
    assertThat(kept.path("openReports").asLong()).isZero();
    assertThat(kept.path("reports")).hasSize(2);
    assertThat(listed("REPORTED", review)).isEmpty();
    assertThat(listed("VISIBLE", review)).isPresent();

    report(review, reader, "그래도 신고합니다.");
    assertThat(listed("REPORTED", review)).as("once per member").isEmpty();
    report(review, shop.newId(), "저도 신고합니다.");
    assertThat(listed("REPORTED", review)).isPresent();
    decide(review, "hide");
    assertThat(listed("REPORTED", review)).isEmpty();
    assertThat(listed("HIDDEN", review)).isPresent();
  }

  @Test
  void theReportersNameIsFollowedAndForgotten() {
    long salt = shop.newId();
    JsonNode review = shop.written(salt, shop.buyerOf(salt), 1);
    long reader = shop.newId();
    shop.publish(Shop.named(reader, 1, "박신고"));
    report(review, reader, "욕설");
    awaitReporter(review, "박신고");
    shop.publish(Shop.erased(reader));
    awaitReporter(review, null);
  }

  @Test
  void theListComesInPagesTheNewestFirst() {
    long nut = shop.newId();
    List<String> hidden = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      JsonNode review = shop.written(nut, shop.buyerOf(nut), 1 + i);
      decide(review, "hide");
      hidden.addFirst(id(review));
    }
    List<String> found = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = shop.admin().get(ALL + "?state=HIDDEN&size=2" + cursor).body();
      assertThat(page.path("items").size()).isBetween(1, 2);
      found.addAll(page.path("items").findValuesAsText("reviewId"));
      cursor =
          page.path("nextCursor").isNull() ? "" : "&cursor=" + page.path("nextCursor").asText();
    } while (!cursor.isEmpty());
    assertThat(found).startsWith(hidden.toArray(String[]::new)).doesNotHaveDuplicates();
  }

  @Test
  void onlyAdminsModerate() {
    JsonNode review = shop.written(5, shop.buyerOf(5), 3);
    String one = ALL + "/" + id(review);
    for (String call : List.of(one + "/hide", one + "/restore")) {
      assertUnauthorized(shop.anybody().post(call));
      assertForbidden(shop.member(2).post(call));
      assertForbidden(shop.seller(Shop.SELLER).post(call));
    }
    assertUnauthorized(shop.anybody().get(ALL));
    assertForbidden(shop.member(2).get(ALL));
    String unknown = ALL + "/" + UUID.randomUUID();
    assertNotFound(shop.admin().post(unknown + "/hide"));
    assertNotFound(shop.admin().post(unknown + "/restore"));
    assertNotFound(shop.admin().post(ALL + "/none/hide"));
  }

  @Test
  void whatIsNotOfThisListIsRefused() {
    for (String state : List.of("DELETED", "hidden", "", "%00", "HIDDEN%20")) {
      assertInvalid(shop.admin().get(ALL + "?state=" + state), "state");
    }
    assertInvalid(shop.admin().get(ALL + "?size=0"), "size");
    assertInvalid(shop.admin().get(ALL + "?size=101"), "size");
    assertInvalid(shop.admin().get(ALL + "?cursor=%F0%9F%98%80"), "cursor");
  }

  private static void awaitReporter(JsonNode review, String name) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        listed("REPORTED", review)
                            .orElseThrow()
                            .path("reports")
                            .get(0)
                            .path("memberName")
                            .textValue())
                    .isEqualTo(name));
  }

  private static Rest.Answer decide(JsonNode review, String decision) {
    Rest.Answer answer = shop.admin().post(ALL + "/" + id(review) + "/" + decision);
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer;
  }

  private static void report(JsonNode review, long reader, String reason) {
    Rest.Answer answer =
        shop.member(reader).post(Shop.path(review) + "/report", Map.of("reason", reason));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(204);
  }

  /** The review, when an admin finds it in this state. */
  private static Optional<JsonNode> listed(String state, JsonNode review) {
    JsonNode page = shop.admin().get(ALL + "?size=100&state=" + state).body();
    return StreamSupport.stream(page.path("items").spliterator(), false)
        .filter(item -> id(item).equals(id(review)))
        .findFirst();
  }

  private static String id(JsonNode review) {
    return review.path("reviewId").asText();
  }

  /** One with five stars, and this many with one. */
  private static RatingCounts counts(long product, long version, long one) {
    return RatingCounts.newBuilder()
        .setProductId(product)
        .setVersion(version)
        .setOne(one)
        .setFive(1)
        .build();
  }
}
