package jangteo.review;

import static jangteo.review.Shop.opinion;
import static jangteo.review.Shop.reviewsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.review.v1.RatingCounts;
import jangteo.review.v1.ReviewChanged;
import jangteo.testkit.Rest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many do everything to one product's reviews at once; afterwards the counts are the rows. */
class ExactCountsTest {
  private static final int MEMBERS = 12;
  private static final int STEPS = 25;

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.shared();
  }

  @Test
  void afterwardsTheCountsAreTheRows() throws Exception {
    long rice = shop.newId();
    List<Long> buyers = shop.buyersOf(rice, MEMBERS);
    List<String> everybodys = new CopyOnWriteArrayList<>();
    List<Callable<List<Integer>>> lanes = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      Lane lane = new Lane(rice, buyers.get(i), everybodys, new Random(i));
      lanes.add(() -> Stream.generate(lane::step).limit(STEPS).toList());
    }

    assertThat(together(lanes))
        .as("refused or done, never failed")
        .isSubsetOf(200, 201, 204, 403, 404, 409);

    List<Long> rows = visibleRows(rice);
    assertThat(shop.stars(rice)).isEqualTo(rows);
    assertThat(shop.number("SELECT SUM(helpful) FROM reviews WHERE product_id = ?", rice))
        .isEqualTo(
            shop.number(
                """
                SELECT COUNT(*) FROM helpful_votes v JOIN reviews r USING (review_id)
                WHERE r.product_id = ?
                """,
                rice));
    long version = shop.number("SELECT version FROM product_ratings WHERE product_id = ?", rice);
    awaitTold(rice, version);
    assertThat(stars(newest(shop.told(rice)))).isEqualTo(rows);
  }

  @Test
  void theNewestCountsSurviveCompaction() throws Exception {
    long tea = shop.newId();
    List<Long> buyers = shop.buyersOf(tea, 4);
    List<JsonNode> reviews = buyers.stream().map(buyer -> shop.written(tea, buyer, 5)).toList();
    shop.member(buyers.get(1)).delete(Shop.path(reviews.get(1)));
    shop.admin()
        .post("/api/v1/admin/reviews/" + reviews.get(0).path("reviewId").asText() + "/hide");
    shop.member(buyers.get(2)).patch(Shop.path(reviews.get(2)), Map.of("title", "제목만"));
    shop.member(buyers.get(3)).delete(Shop.path(reviews.get(3)));
    awaitTold(tea, 7);

    Map<String, ReviewChanged> lastOfEach =
        shop.told(tea).stream()
            .collect(
                Collectors.toMap(
                    ReviewChanged::getReviewId, Function.identity(), (before, after) -> after));
    assertThat(stars(newest(List.copyOf(lastOfEach.values())))).isEqualTo(visibleRows(tea));
  }

  /** What one member does, whatever the others do meanwhile. */
  private static final class Lane {
    private final long product;
    private final Rest member;
    private final List<String> everybodys;
    private final Random random;
    private String own = "none";

    Lane(long product, long memberId, List<String> everybodys, Random random) {
      this.product = product;
      this.member = shop.member(memberId);
      this.everybodys = everybodys;
      this.random = random;
    }

    /** The status that one random step was answered with. */
    int step() {
      int rating = 1 + random.nextInt(5);
      String any =
          everybodys.isEmpty() ? "none" : everybodys.get(random.nextInt(everybodys.size()));
      return switch (random.nextInt(9)) {
        case 0, 1 -> write(rating);
        case 2, 3 -> member.patch("/api/v1/reviews/" + own, Map.of("rating", rating)).status();
        case 4 -> member.delete("/api/v1/reviews/" + own).status();
        case 5 -> shop.admin().post("/api/v1/admin/reviews/" + any + "/hide").status();
        case 6 -> shop.admin().post("/api/v1/admin/reviews/" + any + "/restore").status();
        case 7 -> member.post("/api/v1/reviews/" + any + "/helpful").status();
        default -> member.delete("/api/v1/reviews/" + any + "/helpful").status();
      };
    }

    private int write(int rating) {
      Rest.Answer answer = member.post(reviewsOf(product), opinion(rating));
      if (answer.status() == 201) {
        own = answer.body().path("reviewId").asText();
        everybodys.add(own);
      }
      return answer.status();
    }
  }

  private static List<Integer> together(List<Callable<List<Integer>>> lanes)
      throws InterruptedException, ExecutionException {
    List<Integer> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<Integer>> lane : threads.invokeAll(lanes)) {
        all.addAll(lane.get());
      }
    }
    return all;
  }

  private static List<Long> visibleRows(long product) throws SQLException {
    List<Long> rows = new ArrayList<>();
    for (int rating = 1; rating <= 5; rating++) {
      String query =
          "SELECT COUNT(*) FROM reviews WHERE product_id = ? AND rating = ? AND state = 'VISIBLE'";
      rows.add(shop.number(query, product, rating));
    }
    return rows;
  }

  private static void awaitTold(long product, long version) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        shop.told(product).stream()
                            .map(told -> told.getProductRating().getVersion())
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, version).boxed().toList()));
  }

  private static RatingCounts newest(List<ReviewChanged> told) {
    return told.stream()
        .map(ReviewChanged::getProductRating)
        .max(Comparator.comparing(RatingCounts::getVersion))
        .orElseThrow();
  }

  private static List<Long> stars(RatingCounts counts) {
    return List.of(
        counts.getOne(), counts.getTwo(), counts.getThree(), counts.getFour(), counts.getFive());
  }
}
