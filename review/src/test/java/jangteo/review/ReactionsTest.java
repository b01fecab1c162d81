package jangteo.review;

import static jangteo.review.Problems.assertForbidden;
import static jangteo.review.Problems.assertInvalid;
import static jangteo.review.Problems.assertNotFound;
import static jangteo.review.Problems.assertProblem;
import static jangteo.review.Problems.assertUnauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.order.v1.OrderStatus;
import jangteo.testkit.Rest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Others find a review helpful, report it, and its seller replies. */
class ReactionsTest {
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.shared();
  }

  @Test
  void eachMemberCountsOnceAsHelped() {
    String review = shop.reviewed(shop.newId());
    Rest reader = shop.member(shop.newId());
    assertThat(helpful(reader.post(review + "/helpful"))).isEqualTo(1);
    assertThat(helpful(reader.post(review + "/helpful"))).isEqualTo(1);
    assertThat(helpful(shop.member(shop.newId()).post(review + "/helpful"))).isEqualTo(2);
    assertThat(helpful(reader.delete(review + "/helpful"))).isEqualTo(1);
    assertThat(helpful(reader.delete(review + "/helpful"))).isEqualTo(1);
    assertThat(helpful(reader.post(review + "/helpful"))).isEqualTo(2);
    Rest.Answer read = shop.anybody().get(review);
    assertThat(helpful(read)).isEqualTo(2);
    assertThat(read.header("ETag")).as("votes are no change of the review").hasValue("\"1\"");
  }

  @Test
  void theAuthorNeitherVotesNorReports() {
    long lamp = shop.newId();
    long author = shop.buyerOf(lamp);
    String review = Shop.path(shop.written(lamp, author, 5));
    assertForbidden(shop.member(author).post(review + "/helpful"));
    assertForbidden(shop.member(author).delete(review + "/helpful"));
    assertForbidden(shop.member(author).post(review + "/report", reason("나")));
  }

  @Test
  void strangersAndUnknownReviewsAreRefused() {
    String review = shop.reviewed(shop.newId());
    assertUnauthorized(shop.anybody().post(review + "/helpful"));
    assertUnauthorized(shop.anybody().post(review + "/report", reason("광고")));
    assertUnauthorized(shop.anybody().put(review + "/reply", text("감사합니다.")));
    String unknown = "/api/v1/reviews/" + UUID.randomUUID();
    assertNotFound(shop.member(2).post(unknown + "/helpful"));
    assertNotFound(shop.member(2).post(unknown + "/report", reason("광고")));
    assertNotFound(shop.seller(2).put(unknown + "/reply", text("감사합니다.")));
  }

  @Test
  void aReportNeedsAReason() {
    String review = shop.reviewed(shop.newId()) + "/report";
    Rest reader = shop.member(shop.newId());
    assertInvalid(reader.post(review, Map.of()), "reason");
    assertInvalid(reader.post(review, reason(" ")), "reason");
    assertInvalid(reader.post(review, reason("x".repeat(501))), "reason");
    assertThat(reader.post(review, reason("광고입니다.")).status()).isEqualTo(204);
  }

  @Test
  void theSellerRepliesAndTakesItBack() {
    long bag = shop.newId();
    long seller = shop.newId();
    long author = shop.buyerFrom(seller, bag);
    String review = Shop.path(shop.written(bag, author, 2));

    Rest.Answer reply = shop.seller(seller).put(review + "/reply", text("죄송합니다. 바꿔 드릴게요."));
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    assertThat(reply.header("ETag")).hasValue("\"2\"");
    assertThat(reply.body().path("sellerReply").asText()).isEqualTo("죄송합니다. 바꿔 드릴게요.");
    assertThat(shop.anybody().get(review).body()).isEqualTo(reply.body());

    Rest.Answer stale = shop.seller(seller).put(review + "/reply", text("다시"), "If-Match", "\"1\"");
    assertProblem(stale, 412, "precondition-failed");
    assertInvalid(shop.seller(seller).put(review + "/reply", text("x".repeat(2001))), "text");

    assertThat(reply(shop.seller(seller), review, null).isNull()).isTrue();
    assertThat(reply(shop.seller(seller), review, "네.").asText()).isEqualTo("네.");
    assertThat(reply(shop.seller(seller), review, "").isNull()).isTrue();
    assertThat(shop.anybody().get(review).header("ETag")).hasValue("\"5\"");
  }

  @Test
  void onlyTheSellerOfThatPurchaseReplies() {
    long bag = shop.newId();
    long seller = shop.newId();
    long rival = shop.newId();
    long author = shop.buyerFrom(seller, bag);
    shop.buyerFrom(rival, bag);
    String reply = Shop.path(shop.written(bag, author, 2)) + "/reply";
    assertForbidden(shop.seller(rival).put(reply, text("우리 가게로 오세요.")));
    assertForbidden(shop.member(seller).put(reply, text("판매자 아님")));
    assertForbidden(shop.admin().put(reply, text("관리자")));
    assertForbidden(shop.member(author).put(reply, text("나")));
    assertThat(shop.seller(seller).put(reply, text("감사합니다.")).status()).isEqualTo(200);
  }

  @Test
  void theSellerRepliesEvenWhenTheGoodsWentBack() {
    long coat = shop.newId();
    long seller = shop.newId();
    long author = shop.newId();
    UUID order = UUID.randomUUID();
    OrderStatus delivered = OrderStatus.ORDER_STATUS_DELIVERED;
    OrderStatus returned = OrderStatus.ORDER_STATUS_RETURNED;
    shop.publish(Shop.order(seller, order, 4, delivered, author, coat));
    shop.awaitVerified(author, coat, true);
    String review = Shop.path(shop.written(coat, author, 1));
    shop.publish(Shop.order(seller, order, 5, returned, author, coat));
    shop.awaitVerified(author, coat, false);
    assertThat(shop.seller(seller).put(review + "/reply", text("아쉽습니다.")).status()).isEqualTo(200);
  }

  private static JsonNode reply(Rest seller, String review, String text) {
    Rest.Answer answer = seller.put(review + "/reply", text(text));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer.body().path("sellerReply");
  }

  private static long helpful(Rest.Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    return answer.body().path("helpful").asLong();
  }

  private static Map<String, Object> reason(String reason) {
    return Map.of("reason", reason);
  }

  private static Map<String, Object> text(String text) {
    Map<String, Object> body = new HashMap<>();
    body.put("text", text);
    return body;
  }
}
