package jangteo.member;

import static io.envoyproxy.envoy.type.v3.StatusCode.Unauthorized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jangteo.testkit.Rest;
import jangteo.testkit.TestTokens;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The gateway's question to one of two instances of member, as Envoy asks it. */
class GatewayCheckTest {

  private static final String PASSWORD = "correct horse battery";

  private static Map<String, String> shared;
  private static RunningMember first;
  private static RunningMember second;
  private static ManagedChannel toSecond;

  @BeforeAll
  static void start() {
    shared = RunningMember.freshPlaces();
    first = RunningMember.startOn(shared);
    second = RunningMember.startOn(shared);
    toSecond = channelTo(second);
  }

  @AfterAll
  static void stop() {
    toSecond.shutdownNow();
    second.close();
    first.close();
  }

  @Test
  void aRequestWithoutATokenPasses() {
    assertThat(check(Map.of()).hasOkResponse()).isTrue();
  }

  @Test
  void aTokenOfOneInstancePassesAtTheOther() {
    assertThat(check(bearer(freshToken())).hasOkResponse()).isTrue();
  }

  @Test
  void aLogoutAtOneInstanceHoldsAtTheOtherOnceItIsAnswered() {
    for (int i = 0; i < 5; i++) {
      String token = freshToken();
      assertThat(check(bearer(token)).hasOkResponse()).isTrue();
      assertThat(first.rest().as(token).post("/api/v1/auth/logout").status()).isEqualTo(204);
      assertThat(check(bearer(token)).getDeniedResponse().getStatus().getCode())
          .isEqualTo(Unauthorized);
    }
  }

  @Test
  void aRefusalIsAProblem() {
    CheckResponse denied = check(bearer("not.a.token"));
    assertThat(denied.getStatus().getCode()).isNotZero();
    assertThat(denied.getDeniedResponse().getStatus().getCode()).isEqualTo(Unauthorized);
    assertThat(denied.getDeniedResponse().getBody())
        .contains("\"status\":401", "\"instance\":\"/api/v1/orders\"");
    assertThat(denied.getDeniedResponse().getHeadersList())
        .extracting(option -> option.getHeader().getKey() + ": " + option.getHeader().getValue())
        .contains("Content-Type: application/problem+json")
        .anyMatch(header -> header.startsWith("WWW-Authenticate: Bearer"));
  }

  @Test
  void aForgedTokenIsRefusedHereToo() {
    try (TestTokens stranger = new TestTokens()) {
      assertThat(check(bearer(stranger.token(1, "ADMIN"))).hasDeniedResponse()).isTrue();
    }
  }

  /** It has not read which tokens are blocked: it does not guess. */
  @Test
  @Tag("ASVS-16.5.3")
  void anInstanceThatCannotTellYetLetsNobodyInAndGivesTheGatewayNoAnswer() {
    Map<String, String> withoutKafka = new HashMap<>(shared);
    withoutKafka.put("kafka.bootstrap-servers", "127.0.0.1:1");
    String email = signedUp();
    try (RunningMember third = RunningMember.beginOn(withoutKafka)) {
      String token =
          await()
              .atMost(Duration.ofMinutes(1))
              .until(() -> login(third.rest(), email), answer -> answer.status() == 200)
              .body()
              .path("accessToken")
              .asText();
      Rest.Answer me = third.rest().as(token).get("/api/v1/members/me");
      assertThat(me.status()).isEqualTo(503);
      assertThat(me.header("Retry-After")).isPresent();
      ManagedChannel toThird = channelTo(third);
      try {
        assertThat(check(toThird, Map.of()).hasOkResponse()).isTrue();
        assertThatThrownBy(() -> check(toThird, bearer(token)))
            .isInstanceOfSatisfying(
                StatusRuntimeException.class,
                e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
      } finally {
        toThird.shutdownNow();
      }
    }
  }

  private static ManagedChannel channelTo(RunningMember member) {
    return ManagedChannelBuilder.forAddress("127.0.0.1", member.grpcPort()).usePlaintext().build();
  }

  private static CheckResponse check(Map<String, String> headers) {
    return check(toSecond, headers);
  }

  private static CheckResponse check(ManagedChannel member, Map<String, String> headers) {
    return AuthorizationGrpc.newBlockingStub(member)
        .check(
            CheckRequest.newBuilder()
                .setAttributes(
                    AttributeContext.newBuilder()
                        .setRequest(
                            AttributeContext.Request.newBuilder()
                                .setHttp(
                                    AttributeContext.HttpRequest.newBuilder()
                                        .setMethod("GET")
                                        .setPath("/api/v1/orders?size=5")
                                        .putAllHeaders(headers))))
                .build());
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("authorization", "Bearer " + token);
  }

  private static String freshToken() {
    return login(first.rest(), signedUp()).body().path("accessToken").asText();
  }

  private static String signedUp() {
    String email = "g" + UUID.randomUUID() + "@example.com";
    first
        .rest()
        .post("/api/v1/members", Map.of("email", email, "password", PASSWORD, "name", "게이트"));
    return email;
  }

  private static Rest.Answer login(Rest rest, String email) {
    return rest.post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD));
  }
}
