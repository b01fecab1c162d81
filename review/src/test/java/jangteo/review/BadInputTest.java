package jangteo.review;

import static jangteo.review.Shop.opinion;
import static jangteo.review.Shop.reviewsOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest;
import jangteo.testkit.WrongBodies;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a client sends, it is stored as it is or refused as the client's fault. */
class BadInputTest {
  private static final List<String> STRANGE =
      List.of(
          "👍🏽 가족 👨‍👩‍👧‍👦 🇰🇷",
          "<script>alert('리뷰')</script><img src=x onerror=alert(1)>",
          "'; DROP TABLE reviews; -- \" OR 1=1 /*",
          "100 % _ \\ \\\\ \\' \\n ${jndi:ldap://x} {{7*7}}",
          "줄\n바꿈\tA\u0300\u202e뒤집힘\u200b",
          "\uD835\uDD3C\uDBFF\uDFFD");

  private static final List<String> REFUSED =
      List.of("", "a\\u0000b", "\\ud800", "\\udc00\\ud800", "\\u001b[31m", "x".repeat(1_000_000));

  private static Shop shop;
  private static long author;
  private static String review;

  @BeforeAll
  static void open() {
    shop = Shop.shared();
    long product = shop.newId();
    author = shop.buyerOf(product);
    review = Shop.path(shop.written(product, author, 3));
  }

  @Test
  @Tag("ASVS-1.4.2")
  void noBodyIsTheServicesFault() {
    Rest reader = shop.member(shop.newId());
    WrongBodies.areNeverTheServicesFault(
        opinion(5), body -> shop.member(author).patch(review, body));
    WrongBodies.areNeverTheServicesFault(
        Map.of("reason", "광고"), body -> reader.post(review + "/report", body));
    WrongBodies.areNeverTheServicesFault(
        Map.of("text", "감사합니다."), body -> shop.seller(Shop.SELLER).put(review + "/reply", body));
  }

  @Test
  @Tag("ASVS-1.2.3")
  @Tag("ASVS-1.2.4")
  void strangeTextComesBackAsItWasSent() {
    for (String text : STRANGE) {
      Rest.Answer edit = shop.member(author).patch(review, Map.of("title", text, "text", text));
      assertThat(edit.status()).as("%s: %s", text, edit.body()).isEqualTo(200);
      Rest.Answer reply = shop.seller(Shop.SELLER).put(review + "/reply", Map.of("text", text));
      assertThat(reply.status()).as("%s: %s", text, reply.body()).isEqualTo(200);
      JsonNode read = shop.anybody().get(review).body();
      assertThat(List.of("title", "text", "sellerReply"))
          .allSatisfy(field -> assertThat(read.path(field).asText()).isEqualTo(text));

      long product = shop.newId();
      JsonNode reported = shop.written(product, shop.buyerOf(product), 1);
      shop.member(author).post(Shop.path(reported) + "/report", Map.of("reason", text));
      JsonNode newest = shop.admin().get("/api/v1/admin/reviews?size=1").body();
      assertThat(newest.at("/items/0/reports/0/reason").asText()).isEqualTo(text);
    }
  }

  @Test
  void whatNoTextCanBeIsRefusedByName() {
    Map<String, BiFunction<Rest, String, Rest.Answer>> calls =
        Map.of(
            "title", (rest, body) -> rest.patch(review, body),
            "text", (rest, body) -> rest.patch(review, body),
            "reason", (rest, body) -> rest.post(review + "/report", body));
    calls.forEach(
        (field, call) -> {
          Rest caller = shop.member(field.equals("reason") ? 2 : author);
          for (String text : REFUSED) {
            Rest.Answer answer = call.apply(caller, "{\"" + field + "\": \"" + text + "\"}");
            assertThat(answer.status()).as("%s %s", field, answer.body()).isEqualTo(422);
            assertThat(answer.body().path("errors").findValuesAsText("field"))
                .containsExactly(field);
          }
        });
  }

  @Test
  void aBodyThatNobodyAskedForDoesNoHarm() {
    String path = shop.reviewed(shop.newId());
    String moderated = path.replace("/v1/", "/v1/admin/");
    Rest admin = shop.admin();
    for (String body : List.of("{", "null", "\"\\ud800\"", "x".repeat(1_000_000))) {
      assertThat(admin.post(path + "/helpful", body).status()).isEqualTo(200);
      assertThat(admin.post(moderated + "/hide", body).status()).isEqualTo(200);
      assertThat(admin.post(moderated + "/restore", body).status()).isEqualTo(200);
    }
  }

  @Test
  void noIdAndNoQueryIsTheServicesFault() {
    Rest admin = shop.withToken(shop.tokens().token(1, "BUYER", "SELLER", "ADMIN"));
    List<String> ids =
        List.of(
            "0",
            "-1",
            "9223372036854775808",
            "%00",
            "%F0%9F%98%80",
            "'--",
            "%FF",
            "1".repeat(2000));
    for (String id : ids) {
      String one = "/api/v1/reviews/" + id;
      List.of(
              admin.get(one),
              admin.patch(one, Map.of()),
              admin.delete(one),
              admin.post(one + "/helpful"),
              admin.delete(one + "/helpful"),
              admin.post(one + "/report", Map.of("reason", "x")),
              admin.put(one + "/reply", Map.of("text", "x")),
              admin.post("/api/v1/admin/reviews/" + id + "/hide"),
              admin.post("/api/v1/admin/reviews/" + id + "/restore"),
              admin.get("/api/v1/products/" + id + "/reviews"))
          .forEach(answer -> assertThat(answer.status()).as("%s", id).isIn(400, 404));
    }
    List<String> queries =
        List.of(
            "size=-1", "size=99999999999999999999", "size=1e2", "size=", "cursor=", "cursor=AA");
    for (String query : queries) {
      for (String list : List.of("/api/v1/reviews", "/api/v1/admin/reviews", reviewsOf(1))) {
        assertThat(admin.get(list + "?" + query).status()).as("%s?%s", list, query).isEqualTo(422);
      }
    }
  }

  @Test
  void noHeaderIsTheServicesFault() {
    Rest member = shop.member(author);
    for (String tag : List.of("1", "\"\"", "W/\"1\"", "\"99999999999999999999\"", ",,", "\"x\"")) {
      Rest.Answer answer = member.patch(review, Map.of("rating", 3), "If-Match", tag);
      assertThat(answer.status()).as("%s", tag).isEqualTo(412);
    }
    assertThat(member.patch(review, Map.of("rating", 3), "If-Match", "*").status()).isEqualTo(200);
    for (String key : List.of("k".repeat(256), "a b")) {
      Rest.Answer answer = member.patch(review, Map.of("rating", 3), "Idempotency-Key", key);
      assertThat(answer.status()).as("%s", key).isEqualTo(400);
    }
  }
}
