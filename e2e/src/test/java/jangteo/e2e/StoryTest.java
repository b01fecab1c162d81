package jangteo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the shop is for: somebody sells, somebody buys. */
@Order(1)
class StoryTest {
  private static Person seller;
  private static Person buyer;

  @BeforeAll
  static void people() {
    seller = Person.seller("박상인", "한라 과일");
    buyer = Person.signedUp("김구매");
  }

  @Test
  void theDemoEndsWell() {
    assertThat(RunningShop.get().verb("demo")).contains("The story is told, as it should be.");
  }

  @Test
  void anOrderIsConfirmedAndReadBackWithBothNames() {
    String product = seller.lists(12_900, 5);
    String order = buyer.orders(product, 2);

    JsonNode decided = buyer.awaitDecided(order);

    assertThat(decided.get("status").asText()).as("%s", decided).isEqualTo("CONFIRMED");
    assertThat(decided.at("/buyer/name").asText()).isEqualTo("김구매");
    assertThat(decided.at("/items/0/sellerName").asText()).isEqualTo("한라 과일");
    assertThat(decided.at("/total/amount").asLong()).isEqualTo(25_800);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonNode payment = buyer.payments(order).findPath("status");
              assertThat(payment.asText()).isEqualTo("CAPTURED");
              assertThat(stock(product)).isEqualTo(3);
            });
  }

  private static int stock(String product) {
    return buyer
        .rest()
        .get("/api/v1/products/" + product)
        .body()
        .at("/listings/0/quantity")
        .asInt();
  }

  @Test
  @Tag("ASVS-2.3.3")
  void anOrderAboveTheStockIsRejectedAndNothingIsCharged() {
    String product = seller.lists(5_000, 3);
    String order = buyer.orders(product, 4);

    JsonNode decided = buyer.awaitDecided(order);

    assertThat(decided.get("status").asText()).isEqualTo("REJECTED");
    assertThat(decided.get("reason").asText()).isEqualTo("OUT_OF_STOCK");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(buyer.payments(order).findValuesAsText("status"))
                    .doesNotContain("AUTHORIZED"));
    assertThat(buyer.payments(order).findValuesAsText("status")).doesNotContain("CAPTURED");
    assertThat(stock(product)).isEqualTo(3);
  }

  @Test
  void aDeclinedCardRejectsTheOrderAndTheStockComesBack() {
    String product = seller.lists(5_000, 3);
    String order = buyer.orders(product, 1, Person.card("tok_declined"));

    JsonNode decided = buyer.awaitDecided(order);

    assertThat(decided.get("status").asText()).isEqualTo("REJECTED");
    assertThat(decided.get("reason").asText()).isEqualTo("PAYMENT_DECLINED");
    await().atMost(Duration.ofSeconds(30)).until(() -> stock(product) == 3);
  }

  @Test
  void theSameKeyAndBodyIsTheSameOrder() {
    String product = seller.lists(1_000, 3);
    String key = UUID.randomUUID().toString();
    Object body = Person.order(product, 1);

    Answer first = buyer.rest().post("/api/v1/orders", body, "Idempotency-Key", key);
    Answer again = buyer.rest().post("/api/v1/orders", body, "Idempotency-Key", key);

    assertThat(first.status()).isEqualTo(202);
    assertThat(again.body().get("orderId")).isEqualTo(first.body().get("orderId"));
  }

  @Test
  void aBuyersReviewIsPartOfTheProductUntilItIsDeleted() {
    String product = seller.lists(7_000, 2);
    String reviews = "/api/v1/products/" + product + "/reviews";
    Object opinion = Map.of("rating", 2, "title", "시어요", "text", "기대보다 시었습니다.");
    buyer.awaitDecided(buyer.orders(product, 1));

    String review =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> buyer.rest().post(reviews, opinion), answer -> answer.status() == 201)
            .header("Location")
            .orElseThrow();
    awaitRating(product, "2");
    buyer.rest().patch(review, Map.of("rating", 4));
    awaitRating(product, "4");
    Answer reply = seller.rest().put(review + "/reply", Map.of("text", "다음엔 더 단 것으로 보낼게요."));
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    assertThat(buyer.rest().delete(review).status()).isEqualTo(204);
    awaitRating(product, "0");
  }

  private static void awaitRating(String product, String average) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        buyer
                            .rest()
                            .get("/api/v1/products/" + product)
                            .body()
                            .at("/rating/average")
                            .decimalValue())
                    .isEqualByComparingTo(average));
  }
}
