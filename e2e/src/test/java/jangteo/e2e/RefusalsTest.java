package jangteo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.testkit.Rest.Answer;
import jangteo.testkit.TestTokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the shop refuses, and that it says why as RFC 9457 asks. */
@Order(2)
class RefusalsTest {
  private static Person buyer;
  private static String product;

  @BeforeAll
  static void people() {
    buyer = Person.signedUp("이구매");
    product = Person.seller("박상인", "탐라 상회").lists(9_900, 100);
  }

  private static Answer order(Object body) {
    return buyer
        .rest()
        .post("/api/v1/orders", body, "Idempotency-Key", UUID.randomUUID().toString());
  }

  private static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
    assertThat(answer.body().get("status").asInt()).isEqualTo(status);
    assertThat(answer.body().path("title").asText()).isNotEmpty();
    assertThat(answer.body().path("type").asText()).isNotEmpty();
  }

  private static void assertNames(Answer answer, String field) {
    assertThat(answer.body().path("errors").findValuesAsText("field")).contains(field);
  }

  @Test
  @Tag("ASVS-4.1.1")
  void malformedJson() {
    assertProblem(order("{\"items\": ["), 400);
  }

  @Test
  @Tag("ASVS-1.5.2")
  @Tag("ASVS-15.3.3")
  @Tag("API3")
  void anUnknownField() {
    Answer answer =
        order(
            Map.of(
                "items", List.of(Map.of("productId", product, "quantity", 1)),
                "payment", Map.of("method", "CARD", "token", "tok_ok"),
                "coupon", "FREE"));
    assertProblem(answer, 400);
    assertNames(answer, "coupon");
  }

  @Test
  @Tag("ASVS-15.3.5")
  void aWrongType() {
    Answer answer =
        order(
            Map.of(
                "items", List.of(Map.of("productId", product, "quantity", "many")),
                "payment", Map.of("method", "CARD", "token", "tok_ok")));
    assertProblem(answer, 400);
    assertNames(answer, "items[0].quantity");
  }

  @Test
  void noIdempotencyKey() {
    assertProblem(buyer.rest().post("/api/v1/orders", Person.order(product, 1)), 400);
  }

  @Test
  void anUnknownProductIsNamed() {
    Answer answer = order(Person.order("1", 1));
    assertProblem(answer, 422);
    assertNames(answer, "items[0].productId");
  }

  @Test
  void noTokenOrAStrangersToken() {
    assertProblem(RunningShop.get().rest().get("/api/v1/orders"), 401);
    assertProblem(RunningShop.get().rest().as("not.a.token").get("/api/v1/orders"), 401);
    try (TestTokens stranger = new TestTokens()) {
      String token = stranger.token(Long.parseLong(buyer.memberId()), "BUYER", "ADMIN");
      assertProblem(RunningShop.get().rest().as(token).get("/api/v1/orders"), 401);
    }
  }

  @Test
  void aBuyerDoesNotSell() {
    assertProblem(buyer.rest().post("/api/v1/items", Map.of("name", "감귤")), 403);
  }

  @Test
  void anothersOrderIsNotThere() {
    String order = buyer.orders(product, 1);
    Person other = Person.signedUp("최이웃");
    assertProblem(other.rest().get("/api/v1/orders/" + order), 404);
    assertProblem(other.rest().get("/api/v1/orders/" + UUID.randomUUID()), 404);
  }

  @Test
  void anEmailThatIsTaken() {
    Answer answer =
        RunningShop.get()
            .rest()
            .post(
                "/api/v1/members",
                Map.of("email", buyer.email(), "password", "correct horse battery", "name", "또"));
    assertProblem(answer, 409);
  }

  @Test
  @Tag("ASVS-7.4.1")
  void aLoggedOutTokenStopsWorkingAtOnceEverywhere() {
    Person leaving = Person.signedUp("나그네");
    assertThat(leaving.rest().get("/api/v1/orders").status()).isEqualTo(200);

    assertThat(leaving.rest().post("/api/v1/auth/logout").status()).isEqualTo(204);

    assertProblem(leaving.rest().get("/api/v1/orders"), 401);
    assertProblem(leaving.rest().get("/api/v1/members/me"), 401);
    assertProblem(leaving.rest().get("/api/v1/wallet"), 401);
  }
}
