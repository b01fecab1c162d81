package jangteo.review;

import static jangteo.review.Problems.assertProblem;
import static jangteo.review.Shop.opinion;
import static jangteo.review.Shop.reviewsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.order.v1.OrderStatus;
import jangteo.review.v1.RatingCounts;
import jangteo.review.v1.ReviewChanged;
import jangteo.testkit.Rest;
import jangteo.testkit.WrongBodies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WritingReviewsTest {
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.shared();
  }

  @Test
  void noBodyIsTheServicesFault() {
    long kimchi = shop.newId();
    Rest buyer = shop.member(shop.buyerOf(kimchi));
    WrongBodies.areNeverTheServicesFault(opinion(5), body -> buyer.post(reviewsOf(kimchi), body));
  }

  @Test
  void aVerifiedBuyerReviewsAProductOnce() {
    long kimchi = shop.newId();
    long buyer = shop.buyerOf(kimchi);

    Rest.Answer first = shop.member(buyer).post(reviewsOf(kimchi), opinion(5));
    assertThat(first.status()).as("%s", first.body()).isEqualTo(201);
    JsonNode review = first.body();
    assertThat(review.path("productId").asText()).isEqualTo(Long.toString(kimchi));
    assertThat(review.path("rating").asInt()).isEqualTo(5);
    assertThat(review.path("title").asText()).isEqualTo("아주 맛있어요");
    assertThat(review.path("state").asText()).isEqualTo("VISIBLE");
    assertThat(review.path("helpful").asInt()).isZero();

    String location = first.header("Location").orElseThrow();
    assertThat(location).isEqualTo("/api/v1/reviews/" + review.path("reviewId").asText());
    assertThat(shop.anybody().get(location).body()).isEqualTo(review);
    assertThat(shop.anybody().get(reviewsOf(kimchi)).body().path("items").get(0)).isEqualTo(review);

    Rest.Answer second = shop.member(buyer).post(reviewsOf(kimchi), opinion(1));
    assertProblem(second, 409, "conflict");
    assertThat(shop.stars(kimchi)).containsExactly(0L, 0L, 0L, 0L, 1L);
  }

  @Test
  void itIsToldWithTheProductsCounts() {
    long tea = shop.newId();
    long buyer = shop.buyerOf(tea);
    String reviewId =
        shop.member(buyer).post(reviewsOf(tea), opinion(4)).body().path("reviewId").asText();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(shop.told(tea)).hasSize(1));
    ReviewChanged told = shop.told(tea).getFirst();
    assertThat(told.getReviewId()).isEqualTo(reviewId);
    assertThat(told.getMemberId()).isEqualTo(buyer);
    assertThat(told.getVisible()).isTrue();
    assertThat(told.getProductRating())
        .isEqualTo(RatingCounts.newBuilder().setProductId(tea).setVersion(1).setFour(1).build());
  }

  @Test
  void whoDidNotBuyItMayNot() {
    long bought = shop.newId();
    long another = shop.newId();
    long buyer = shop.buyerOf(bought);
    assertProblem(shop.member(buyer).post(reviewsOf(another), opinion(5)), 403, "forbidden");
    assertProblem(shop.member(shop.newId()).post(reviewsOf(bought), opinion(5)), 403, "forbidden");
  }

  @Test
  void anOrderThatWasUndoneNoLongerVerifies() {
    long lamp = shop.newId();
    long marker = shop.newId();
    long buyer = shop.newId();
    UUID order = UUID.randomUUID();
    shop.publish(
        Shop.order(order, 1, OrderStatus.ORDER_STATUS_PLACED, buyer, lamp),
        Shop.order(order, 2, OrderStatus.ORDER_STATUS_CONFIRMED, buyer, lamp));
    shop.awaitVerified(buyer, lamp, true);
    shop.publish(Shop.order(order, 3, OrderStatus.ORDER_STATUS_CANCELLED, buyer, lamp));
    shop.awaitVerified(buyer, lamp, false);
    assertProblem(shop.member(buyer).post(reviewsOf(lamp), opinion(5)), 403, "forbidden");

    // An old state that comes again changes nothing; the marker shows that it was read.
    shop.publish(Shop.order(order, 2, OrderStatus.ORDER_STATUS_CONFIRMED, buyer, lamp, marker));
    shop.awaitVerified(buyer, marker, true);
    assertProblem(shop.member(buyer).post(reviewsOf(lamp), opinion(5)), 403, "forbidden");
  }

  @Test
  void aPlacedOrderDoesNotVerifyYet() {
    long chair = shop.newId();
    long marker = shop.newId();
    long buyer = shop.newId();
    UUID order = UUID.randomUUID();
    shop.publish(Shop.order(order, 1, OrderStatus.ORDER_STATUS_PLACED, buyer, chair));
    shop.publish(Shop.order(order, 2, OrderStatus.ORDER_STATUS_DELIVERED, buyer, marker));
    shop.awaitVerified(buyer, marker, true);
    assertProblem(shop.member(buyer).post(reviewsOf(chair), opinion(5)), 403, "forbidden");
  }

  @Test
  void countsAreExactWhenManyWriteAtOnce() throws Exception {
    long rice = shop.newId();
    List<Long> buyers = shop.buyersOf(rice, 20);
    List<Future<Rest.Answer>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < buyers.size(); i++) {
        long buyer = buyers.get(i);
        int rating = 1 + i % 5;
        answers.add(
            threads.submit(() -> shop.member(buyer).post(reviewsOf(rice), opinion(rating))));
      }
    }
    for (Future<Rest.Answer> answer : answers) {
      assertThat(answer.get().status()).isEqualTo(201);
    }
    assertThat(shop.stars(rice)).containsExactly(4L, 4L, 4L, 4L, 4L);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(shop.told(rice)).hasSize(20));
    assertThat(shop.told(rice))
        .extracting(told -> told.getProductRating().getVersion())
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
    assertThat(shop.told(rice))
        .allSatisfy(
            told -> {
              RatingCounts counts = told.getProductRating();
              assertThat(
                      counts.getOne()
                          + counts.getTwo()
                          + counts.getThree()
                          + counts.getFour()
                          + counts.getFive())
                  .isEqualTo(counts.getVersion());
            });
  }

  @Test
  void twoAtOnceFromOneMemberAreOneReview() throws Exception {
    long cup = shop.newId();
    long buyer = shop.buyerOf(cup);
    List<Future<Rest.Answer>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> shop.member(buyer).post(reviewsOf(cup), opinion(3))));
      }
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<Rest.Answer> answer : answers) {
      statuses.add(answer.get().status());
    }
    assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
    assertThat(shop.stars(cup)).containsExactly(0L, 0L, 1L, 0L, 0L);
  }

  @Test
  void theSameIdempotencyKeyIsTheSameReview() {
    long soap = shop.newId();
    Rest buyer = shop.member(shop.buyerOf(soap));
    Rest.Answer first = buyer.post(reviewsOf(soap), opinion(2), "Idempotency-Key", "soap-1");
    Rest.Answer again = buyer.post(reviewsOf(soap), opinion(2), "Idempotency-Key", "soap-1");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    Rest.Answer other = buyer.post(reviewsOf(soap), opinion(4), "Idempotency-Key", "soap-1");
    assertProblem(other, 422, "idempotency-key-reused");
  }

  @Test
  void everyWrongFieldIsNamed() {
    long pen = shop.newId();
    Rest buyer = shop.member(shop.buyerOf(pen));
    Rest.Answer answer =
        buyer.post(reviewsOf(pen), Map.of("rating", 6, "title", " ", "text", "x".repeat(5001)));
    assertProblem(answer, 422, "invalid");
    assertThat(answer.body().path("errors").findValuesAsText("field"))
        .containsExactly("rating", "title", "text");
    assertProblem(buyer.post(reviewsOf(pen), "{\"rating\": "), 400, "bad-request");
    assertProblem(buyer.post(reviewsOf(pen), Map.of("stars", 5)), 400, "bad-request");
  }

  @Test
  void aTokenIsNeeded() {
    long pot = shop.newId();
    assertProblem(shop.anybody().post(reviewsOf(pot), opinion(5)), 401, "unauthorized");
    String forged = shop.tokens().signedByStranger(1, "BUYER");
    assertProblem(shop.withToken(forged).post(reviewsOf(pot), opinion(5)), 401, "unauthorized");
  }
}
