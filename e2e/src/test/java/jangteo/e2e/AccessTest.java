package jangteo.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest;
import jangteo.testkit.Rest.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every call of the API with every kind of member, against what the API's own document says ({@code
 * x-access}, {@code docs/access.md}).
 */
@Order(5)
class AccessTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final Set<Integer> REFUSALS = Set.of(401, 403);

  private static final Rest ANYONE = RunningShop.get().rest();
  private static final List<Call> CALLS = new ArrayList<>();
  private static final Map<String, String> IDS = new HashMap<>();

  /** For calls that look at their body before they look whose thing it is about. */
  private static final Map<String, String> BODIES =
      Map.of(
          "PUT /api/v1/members/me/addresses/{addressId}",
          """
          {"recipient": "나", "phone": "010-1234-5678", "postalCode": "63122", "line1": "첨단로 1"}
          """,
          "POST /api/v1/items/{productId}/listing/stock",
          "{\"delta\": 1}",
          "POST /api/v1/products/{productId}/reviews",
          "{\"rating\": 5, \"title\": \"좋아요\", \"text\": \"잘 받았습니다\"}");

  private static Person buyer;
  private static Person otherBuyer;
  private static Person seller;
  private static Person otherSeller;
  private static Rest admin;

  /**
   * A call of the document.
   *
   * @param who the roles that may make it
   * @param others what those of them are answered who are not concerned; 0 when all are alike
   */
  private record Call(String method, String path, List<String> who, int others) {
    boolean isFor(String... roles) {
      return who.contains("ANYONE") || Set.of(roles).stream().anyMatch(who::contains);
    }

    /** Ends what the others of this class need. */
    boolean endsSomething() {
      return path.matches(".*/auth/(logout.*|sessions/.*)")
          || (method.equals("DELETE") && !path.endsWith("/helpful"))
          || path.matches(".*/(suspend|password|totp.*|signing-keys|rebuild|cancel)");
    }

    int as(Rest rest) {
      String filled = path;
      for (Map.Entry<String, String> id : IDS.entrySet()) {
        filled = filled.replace("{" + id.getKey() + "}", id.getValue());
      }
      assertThat(filled).doesNotContain("{");
      var body =
          method.matches("GET|DELETE")
              ? BodyPublishers.noBody()
              : BodyPublishers.ofString(BODIES.getOrDefault(method + " " + path, "{}"));
      return path.endsWith("/events")
          ? rest.status(filled, "Accept", "text/event-stream")
          : rest.send(method, filled, body).status();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @BeforeAll
  static void people() {
    JsonNode paths = ANYONE.get("/api/v1/openapi").body().path("paths");
    paths
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(call -> METHODS.contains(call.getKey()))
                    .map(call -> call(call.getKey(), path.getKey(), call.getValue()))
                    .forEach(CALLS::add));
    assertThat(CALLS).hasSizeGreaterThan(70);

    buyer = Person.signedUp("이구매");
    otherBuyer = Person.signedUp("최구매");
    seller = Person.seller("박상인", "한라 상회");
    otherSeller = Person.seller("정상인", "백록 상회");
    admin = RunningShop.get().admin();
    whatTheyHave();
  }

  private static Call call(String method, String path, JsonNode operation) {
    JsonNode access = operation.path("x-access");
    List<String> who = new ArrayList<>();
    access.path("who").forEach(role -> who.add(role.asText()));
    assertThat(who).as("%s %s says who may make it", method, path).isNotEmpty();
    return new Call(method.toUpperCase(Locale.ROOT), path, who, access.path("others").asInt());
  }

  /** What belongs to the buyer and the seller, so that it can be tried by others. */
  private static void whatTheyHave() {
    String product = seller.lists(5_000, 100);
    String order = buyer.orders(product, 1);
    assertThat(buyer.awaitDecided(order).path("status").asText()).isEqualTo("CONFIRMED");
    IDS.put("productId", product);
    IDS.put("orderId", order);
    IDS.put("paymentId", buyer.payments(order).at("/items/0/paymentId").asText());
    IDS.put("reviewId", review(product));
    IDS.put("addressId", address());
    IDS.put(
        "sessionId",
        buyer.rest().get("/api/v1/auth/sessions").body().at("/items/0/sessionId").asText());
    IDS.put("memberId", Person.signedUp("누군가").memberId());
    IDS.put("rebuildId", UUID.randomUUID().toString());
    IDS.put("id", "members.nobody-0-0");
    assertThat(IDS.values()).doesNotContain("");
  }

  private static String review(String product) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                buyer
                    .rest()
                    .post(
                        "/api/v1/products/" + product + "/reviews",
                        Map.of("rating", 5, "title", "좋아요", "text", "잘 받았습니다"))
                    .body()
                    .path("reviewId")
                    .asText(),
            id -> !id.isEmpty());
  }

  private static String address() {
    Answer address =
        buyer
            .rest()
            .post(
                "/api/v1/members/me/addresses",
                Map.of(
                    "recipient", "이구매",
                    "phone", "010-1234-5678",
                    "postalCode", "63122",
                    "line1", "제주시 첨단로 1",
                    "country", "KR"));
    assertThat(address.status()).as("%s", address.body()).isEqualTo(201);
    return address.body().path("addressId").asText();
  }

  @Test
  @Tag("ASVS-6.3.4")
  void withoutATokenOnlyWhatIsForAnyoneIsServed() {
    List<String> wrong = new ArrayList<>();
    for (Call call : CALLS) {
      int status = call.as(ANYONE);
      boolean login = call.path().endsWith("/auth/login") || call.path().endsWith("/auth/refresh");
      if (call.isFor() ? REFUSALS.contains(status) && !login : status != 401) {
        wrong.add(call + ": " + status);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @Tag("API5")
  void aSuspendedMemberIsServedNothing() {
    Person suspended = Person.seller("정지", "정지 상회");
    assertThat(admin.post("/api/v1/admin/members/" + suspended.memberId() + "/suspend").status())
        .isEqualTo(200);
    List<String> wrong = new ArrayList<>();
    for (Call call : CALLS) {
      int status = call.as(suspended.rest());
      if (status != 401) {
        wrong.add(call + ": " + status);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @Tag("ASVS-8.2.1")
  @Tag("API5")
  void withoutTheRoleACallIsRefused() {
    List<String> wrong = new ArrayList<>();
    for (Call call : CALLS) {
      if (!call.isFor("MEMBER")) {
        expect(call, 403, otherBuyer.rest(), wrong);
      }
      if (!call.isFor("MEMBER", "SELLER")) {
        expect(call, 403, otherSeller.rest(), wrong);
      }
      if (!call.isFor("MEMBER", "ADMIN")) {
        expect(call, 403, admin, wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @Tag("ASVS-8.2.2")
  @Tag("API1")
  void whatBelongsToSomebodyElseIsNotTheirs() {
    List<String> wrong = new ArrayList<>();
    for (Call call : CALLS) {
      if (call.others() != 0 && call.isFor("MEMBER")) {
        expect(call, call.others(), otherBuyer.rest(), wrong);
      }
      if (call.others() != 0 && call.isFor("MEMBER", "SELLER")) {
        expect(call, call.others(), otherSeller.rest(), wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whoMayMakeACallIsNotRefused() {
    List<String> wrong = new ArrayList<>();
    for (Call call : CALLS) {
      if (call.endsSomething()) {
        continue;
      }
      if (call.isFor("MEMBER")) {
        // Nobody votes for a review of one's own.
        Person reader = call.path().endsWith("/helpful") ? otherBuyer : buyer;
        served(call, reader.rest(), wrong);
      }
      if (call.isFor("MEMBER", "SELLER") && !call.path().contains("/reviews")) {
        served(call, seller.rest(), wrong);
      }
      if (call.isFor("ADMIN")) {
        served(call, admin, wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void expect(Call call, int status, Rest rest, List<String> wrong) {
    int answered = call.as(rest);
    if (answered != status) {
      wrong.add("%s: %d instead of %d".formatted(call, answered, status));
    }
  }

  private static void served(Call call, Rest rest, List<String> wrong) {
    int status = call.as(rest);
    if (REFUSALS.contains(status) && !call.path().startsWith("/api/v1/auth/")) {
      wrong.add(call + ": " + status);
    }
  }
}
