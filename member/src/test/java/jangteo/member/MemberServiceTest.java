package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.member.v1.MemberChanged;
import jangteo.testkit.Rest;
import jangteo.testkit.TestTokens;
import jangteo.testkit.WrongBodies;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Member over REST, on real MariaDB, Kafka and Redis. */
@ExtendWith(SharedMember.class)
class MemberServiceTest {

  private static final String PASSWORD = "correct horse battery";
  private static final String ME = "/api/v1/members/me";
  private static final String SELLER = "/api/v1/members/me/seller";

  private static RunningMember member;
  private static Rest anyone;

  @BeforeAll
  static void start(RunningMember shared) {
    member = shared;
    anyone = member.rest();
  }

  @Test
  @Tag("ASVS-15.3.1")
  @Tag("API3")
  void signingUpAnswersTheMemberAndNeverThePassword() {
    String email = freshEmail();
    Rest.Answer answer =
        anyone.post(
            "/api/v1/members",
            Map.of(
                "email",
                "  " + email.toUpperCase(java.util.Locale.ROOT),
                "password",
                PASSWORD,
                "name",
                "김민지"));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).contains(ME);
    assertThat(answer.body().path("email").asText()).isEqualTo(email);
    assertThat(answer.body().path("name").asText()).isEqualTo("김민지");
    assertThat(answer.body().path("memberId").isTextual()).isTrue();
    assertThat(answer.body().path("roles").toString()).isEqualTo("[\"BUYER\"]");
    assertThat(answer.body().path("status").asText()).isEqualTo("ACTIVE");
    assertThat(answer.body().path("createdAt").asText()).endsWith("Z");
    assertThat(answer.body().toString()).doesNotContain("password", PASSWORD, "argon2");
  }

  @Test
  void anEmailAddressIsTakenOnceHoweverItIsWritten() {
    String email = freshEmail();
    signUp(email);
    Rest.Answer again =
        anyone.post(
            "/api/v1/members",
            Map.of(
                "email", email.replace("@example", "@EXAMPLE"), "password", PASSWORD, "name", "또"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.header("Content-Type")).contains("application/problem+json");
  }

  @Test
  void everyWrongFieldIsNamedAtOnce() {
    Rest.Answer answer =
        anyone.post("/api/v1/members", Map.of("email", "nobody", "password", "short"));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().path("errors").findValuesAsText("field"))
        .containsExactly("email", "password", "name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/members | {\"email\": | 400",
        "/api/v1/members | {\"email\":\"a@example.com\",\"role\":\"ADMIN\"} | 400",
        "/api/v1/members | {\"email\": 5} | 400",
        "/api/v1/auth/login | [] | 400",
        "/api/v1/auth/login | {} | 422",
        "/api/v1/auth/refresh | {\"refreshToken\":\"made up\"} | 401",
        "/api/v1/auth/password/forgot | {} | 422",
      })
  void badRequestsAreRefusedAsProblems(String path, String body, int status) {
    Rest.Answer answer = anyone.post(path, body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
  }

  @Test
  void noBodyIsTheServicesFault() {
    String email = freshEmail();
    WrongBodies.areNeverTheServicesFault(
        Map.of("email", email, "password", PASSWORD, "name", "민지"),
        body -> anyone.post("/api/v1/members", body));
    // From an address of its own: it fails too often.
    WrongBodies.areNeverTheServicesFault(
        Map.of("email", email, "password", PASSWORD),
        body -> anyone.post("/api/v1/auth/login", body, "X-Forwarded-For", "203.0.113.77"));
    WrongBodies.areNeverTheServicesFault(
        Map.of("refreshToken", "abc"), body -> anyone.post("/api/v1/auth/refresh", body));

    String me = freshEmail();
    signUp(me);
    Rest member = anyone.as(accessToken(login(me, PASSWORD)));
    WrongBodies.areNeverTheServicesFault(
        Map.of("name", "민지"), body -> member.patch(ME, body, "Idempotency-Key", newKey()));
    WrongBodies.areNeverTheServicesFault(
        Map.of("shopName", "가게"), body -> member.post(SELLER, body, "Idempotency-Key", newKey()));
    WrongBodies.areNeverTheServicesFault(
        Map.of(
            "recipient", "김하나",
            "phone", "010-1234-5678",
            "country", "KR",
            "postalCode", "06236",
            "city", "서울",
            "line1", "테헤란로 1",
            "line2", "2층"),
        body -> member.post(ME + "/addresses", body, "Idempotency-Key", newKey()));
  }

  private static String newKey() {
    return UUID.randomUUID().toString();
  }

  @Test
  @Tag("ASVS-7.2.4")
  void loggingInGivesATokenOfTheAgreedShape() {
    String email = freshEmail();
    JsonNode signedUp = signUp(email);
    Rest.Answer login = login(email, PASSWORD);
    assertThat(login.status()).isEqualTo(200);
    assertThat(login.header("Cache-Control")).contains("no-store");
    assertThat(login.body().path("tokenType").asText()).isEqualTo("Bearer");
    assertThat(login.body().path("expiresIn").asInt()).isEqualTo(600);
    JsonNode claims = TestTokens.claims(accessToken(login));
    assertThat(claims.path("iss").asText()).isEqualTo("https://jangteo.local");
    assertThat(claims.path("aud").toString()).contains("jangteo");
    assertThat(claims.path("sub").asText()).isEqualTo(signedUp.path("memberId").asText());
    assertThat(claims.path("roles").toString()).isEqualTo("[\"BUYER\"]");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(600);
    assertThat(claims.path("nbf").asLong()).isEqualTo(claims.path("iat").asLong());
    assertThat(claims.path("jti").asText()).hasSize(36);
    Rest.Answer me = anyone.as(accessToken(login)).get(ME);
    assertThat(me.status()).isEqualTo(200);
    assertThat(me.body()).isEqualTo(signedUp);
  }

  @Test
  void unknownAndWrongAreToldAlike() {
    String email = freshEmail();
    signUp(email);
    Rest.Answer wrong = login(email, "wrong password");
    Rest.Answer unknown = login(freshEmail(), "wrong password");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.body().path("detail")).isEqualTo(wrong.body().path("detail"));
    assertThat(unknown.header("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void loginsTakeNoIdempotencyKey() {
    Rest.Answer answer =
        anyone.post(
            "/api/v1/auth/login",
            Map.of("email", freshEmail(), "password", PASSWORD),
            "Idempotency-Key",
            "k1");
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  @Tag("ASVS-10.4.5")
  void aRefreshTokenWorksOnceAndItsReuseEndsTheFamily() {
    String email = freshEmail();
    signUp(email);
    Rest.Answer first = login(email, PASSWORD);
    Rest.Answer second = refresh(first);
    assertThat(second.status()).isEqualTo(200);
    assertThat(refresh(first).status()).isEqualTo(401);
    assertThat(refresh(second).status()).isEqualTo(401);
    assertThat(anyone.as(accessToken(first)).get(ME).status()).isEqualTo(401);
    assertThat(anyone.as(accessToken(second)).get(ME).status()).isEqualTo(401);
    assertThat(login(email, PASSWORD).status()).isEqualTo(200);
  }

  @Test
  @Tag("ASVS-10.4.5")
  void ofManyRefreshesWithOneTokenOneWinsAtMost() throws Exception {
    String email = freshEmail();
    signUp(email);
    Rest.Answer login = login(email, PASSWORD);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> attempt = () -> refresh(login).status();
      List<Future<Integer>> answers = threads.invokeAll(java.util.Collections.nCopies(8, attempt));
      int won = 0;
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isIn(200, 401);
        won += answer.get() == 200 ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
  }

  @Test
  void aLogoutHoldsAtOnceForAllTokensOfTheSession() {
    String email = freshEmail();
    signUp(email);
    Rest.Answer first = login(email, PASSWORD);
    Rest.Answer second = refresh(first);
    Rest.Answer other = login(email, PASSWORD);
    Rest.Answer logout = anyone.as(accessToken(second)).post("/api/v1/auth/logout");
    assertThat(logout.status()).isEqualTo(204);
    assertThat(anyone.as(accessToken(second)).get(ME).status()).isEqualTo(401);
    assertThat(anyone.as(accessToken(first)).get(ME).status()).isEqualTo(401);
    assertThat(refresh(second).status()).isEqualTo(401);
    assertThat(anyone.as(accessToken(other)).get(ME).status()).isEqualTo(200);
    String key = "jti:" + TestTokens.claims(accessToken(second)).path("jti").asText();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(member.events("token-blocks"))
                    .extracting(ConsumerRecord::key)
                    .contains(key));
  }

  @Test
  void theProfileIsChangedOnlyFromTheVersionThatWasRead() {
    Rest minji = signedIn(freshEmail());
    Rest.Answer before = minji.get(ME);
    String etag = before.header("ETag").orElseThrow();
    Rest.Answer changed = minji.patch(ME, Map.of("name", "새 이름"), "If-Match", etag);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.body().path("name").asText()).isEqualTo("새 이름");
    assertThat(changed.header("ETag")).isNotEqualTo(before.header("ETag"));
    assertThat(minji.patch(ME, Map.of("name", "zu spät"), "If-Match", etag).status())
        .isEqualTo(412);
    assertThat(minji.patch(ME, "{\"name\": null}").status()).isEqualTo(422);
    assertThat(minji.patch(ME, "{\"name\": 5}").status()).isEqualTo(400);
    assertThat(minji.patch(ME, Map.of("email", "x@example.com")).status()).isEqualTo(400);
    assertThat(minji.patch(ME, "{}").header("ETag")).isEqualTo(changed.header("ETag"));
  }

  @Test
  void aSellerHasAShopAndTheRoleInTheNextToken() {
    String email = freshEmail();
    Rest minji = signedIn(email);
    assertThat(minji.patch(SELLER, Map.of("shopName", "없음")).status()).isEqualTo(404);
    Rest.Answer opened = minji.post(SELLER, Map.of("shopName", "민지네 가게"));
    assertThat(opened.status()).isEqualTo(201);
    assertThat(opened.body().path("roles").toString()).isEqualTo("[\"BUYER\",\"SELLER\"]");
    assertThat(opened.body().path("shopName").asText()).isEqualTo("민지네 가게");
    assertThat(minji.post(SELLER, Map.of("shopName", "둘째")).status()).isEqualTo(409);
    String next = accessToken(login(email, PASSWORD));
    assertThat(TestTokens.claims(next).path("roles").toString()).contains("SELLER");
    assertThat(minji.patch(SELLER, Map.of("shopName", "민지상회")).status()).isEqualTo(200);
    String memberId = opened.body().path("memberId").asText();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(member.events("members"))
                    .filteredOn(record -> record.key().equals(memberId))
                    .extracting(record -> MemberChanged.parseFrom(record.value()))
                    .extracting(MemberChanged::getVersion, MemberChanged::getShopName)
                    .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1L, ""),
                        org.assertj.core.groups.Tuple.tuple(2L, "민지네 가게"),
                        org.assertj.core.groups.Tuple.tuple(3L, "민지상회")));
  }

  @Test
  void theSameKeyOpensTheShopOnce() {
    Rest minji = signedIn(freshEmail());
    Rest.Answer first = minji.post(SELLER, Map.of("shopName", "한번"), "Idempotency-Key", "open-1");
    Rest.Answer again = minji.post(SELLER, Map.of("shopName", "한번"), "Idempotency-Key", "open-1");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
  }

  @Test
  @Tag("ASVS-6.3.2")
  void theConfiguredAdminCanLogIn() {
    Rest.Answer login = login(RunningMember.ADMIN_EMAIL, RunningMember.ADMIN_PASSWORD);
    assertThat(login.status()).isEqualTo(200);
    assertThat(TestTokens.claims(accessToken(login)).path("roles").toString()).contains("ADMIN");
  }

  @Test
  void theJwksShowsPublicPartsOnly() {
    Rest.Answer jwks = anyone.get("/.well-known/jwks.json");
    assertThat(jwks.status()).isEqualTo(200);
    assertThat(jwks.header("Cache-Control")).contains("public, max-age=60");
    JsonNode key = jwks.body().path("keys").get(0);
    assertThat(key.path("alg").asText()).isEqualTo("RS256");
    assertThat(Set.copyOf(List.copyOf(key.properties().stream().map(Map.Entry::getKey).toList())))
        .containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e");
  }

  @Test
  void aTokenThatSomebodyElseSignedIsRefused() {
    try (TestTokens stranger = new TestTokens()) {
      assertThat(anyone.as(stranger.token(1, "ADMIN")).get(ME).status()).isEqualTo(401);
      assertThat(anyone.as(stranger.unsigned(1, "ADMIN")).get(ME).status()).isEqualTo(401);
    }
    assertThat(anyone.get(ME).status()).isEqualTo(401);
  }

  private static Rest signedIn(String email) {
    signUp(email);
    return anyone.as(accessToken(login(email, PASSWORD)));
  }

  private static JsonNode signUp(String email) {
    Rest.Answer answer =
        anyone.post("/api/v1/members", Map.of("email", email, "password", PASSWORD, "name", "민지"));
    assertThat(answer.status()).isEqualTo(201);
    return answer.body();
  }

  private static Rest.Answer login(String email, String password) {
    return anyone.post("/api/v1/auth/login", Map.of("email", email, "password", password));
  }

  private static Rest.Answer refresh(Rest.Answer pair) {
    return anyone.post(
        "/api/v1/auth/refresh", Map.of("refreshToken", pair.body().path("refreshToken").asText()));
  }

  private static String accessToken(Rest.Answer pair) {
    return pair.body().path("accessToken").asText();
  }

  private static String freshEmail() {
    return "m" + UUID.randomUUID().toString().replace("-", "") + "@example.com";
  }
}
