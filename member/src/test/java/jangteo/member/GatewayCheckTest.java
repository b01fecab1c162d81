package jangteo.member;

import static io.envoyproxy.envoy.type.v3.StatusCode.Unauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import jangteo.testkit.DatabaseAddress;
import jangteo.testkit.Rest;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The gateway's question to one of two instances of member, as Envoy asks it. */
class GatewayCheckTest {

  private static RunningMember first;
  private static RunningMember second;
  private static ManagedChannel toSecond;

  @BeforeAll
  static void start() {
    DatabaseAddress database = TestServers.database("member");
    Map<String, String> config = new HashMap<>();
    config.putAll(database.settings());
    config.put("kafka.prefix", TestServers.prefix());
    config.put("redis.uri", TestServers.redis());
    first = RunningMember.startOn(config);
    second = RunningMember.startOn(config);
    toSecond =
        ManagedChannelBuilder.forAddress("127.0.0.1", second.grpcPort()).usePlaintext().build();
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

  private static CheckResponse check(Map<String, String> headers) {
    return AuthorizationGrpc.newBlockingStub(toSecond)
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
    Rest anyone = first.rest();
    String email = "g" + UUID.randomUUID() + "@example.com";
    String password = "correct horse battery";
    anyone.post("/api/v1/members", Map.of("email", email, "password", password, "name", "게이트"));
    return anyone
        .post("/api/v1/auth/login", Map.of("email", email, "password", password))
        .body()
        .path("accessToken")
        .asText();
  }
}
