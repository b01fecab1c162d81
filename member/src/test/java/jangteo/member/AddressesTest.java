package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import jangteo.member.v1.AddressKey;
import jangteo.member.v1.AddressServiceGrpc;
import jangteo.member.v1.GetAddressesRequest;
import jangteo.testkit.Rest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where members have things sent to: their own over REST, and for order over gRPC. */
@ExtendWith(SharedMember.class)
class AddressesTest {

  private static final String ALL = "/api/v1/members/me/addresses";
  private static final Map<String, Object> HOME =
      Map.of(
          "recipient", "김민지",
          "phone", "010-1234-5678",
          "postalCode", "04524",
          "line1", "세종대로 110");

  private static RunningMember member;
  private static ManagedChannel channel;

  private Rest minji;
  private long minjisId;

  @BeforeAll
  static void start(RunningMember shared) {
    member = shared;
    channel = NettyChannelBuilder.forAddress("127.0.0.1", member.grpcPort()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
  }

  @BeforeEach
  void signUp() {
    minji = somebody();
    minjisId = minji.get("/api/v1/members/me").body().path("memberId").asLong();
  }

  @Test
  void anAddressIsAddedReadReplacedAndDeleted() {
    Rest.Answer added = minji.post(ALL, HOME);
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.body().path("country").asText()).isEqualTo("KR");
    String one = added.header("Location").orElseThrow();
    assertThat(one).isEqualTo(ALL + "/" + added.body().path("addressId").asText());

    assertThat(minji.get(ALL).body().path("items").get(0)).isEqualTo(added.body());

    Rest.Answer moved = minji.put(one, with("line1", "테헤란로 1"), "If-Match", "\"1\"");
    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.header("ETag")).hasValue("\"2\"");
    assertThat(moved.body().path("line1").asText()).isEqualTo("테헤란로 1");
    assertThat(minji.put(one, HOME, "If-Match", "\"1\"").status()).isEqualTo(412);

    assertThat(minji.delete(one).status()).isEqualTo(204);
    assertThat(minji.delete(one).status()).isEqualTo(404);
    assertThat(minji.get(ALL).body().path("items")).isEmpty();
  }

  @Test
  void anotherMembersAddressIsNotThere() {
    String one = minji.post(ALL, HOME).header("Location").orElseThrow();
    Rest other = somebody();

    assertThat(other.get(ALL).body().path("items")).isEmpty();
    assertThat(other.put(one, HOME).status()).isEqualTo(404);
    assertThat(other.delete(one).status()).isEqualTo(404);
    assertThat(member.rest().get(ALL).status()).isEqualTo(401);
  }

  @Test
  void everyWrongFieldIsNamed() {
    Rest.Answer refused =
        minji.post(ALL, Map.of("phone", "call me", "country", "Korea", "line1", " "));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("phone", "country", "recipient", "postalCode", "line1");
  }

  @Test
  void theSameKeyAddsOnce() {
    JsonNode first = minji.post(ALL, HOME, "Idempotency-Key", "home").body();

    assertThat(minji.post(ALL, HOME, "Idempotency-Key", "home").body()).isEqualTo(first);
    assertThat(minji.get(ALL).body().path("items")).hasSize(1);
  }

  @Test
  void twentyAreEnough() {
    for (int i = 0; i < 20; i++) {
      assertThat(minji.post(ALL, HOME).status()).isEqualTo(201);
    }
    assertThat(minji.post(ALL, HOME).status()).isEqualTo(409);
  }

  @Test
  void orderIsToldTheAddressesOfThisMemberAlone() {
    long mine = minji.post(ALL, HOME).body().path("addressId").asLong();
    long others = somebody().post(ALL, HOME).body().path("addressId").asLong();

    var found =
        AddressServiceGrpc.newBlockingStub(channel)
            .getAddresses(
                GetAddressesRequest.newBuilder()
                    .addKeys(key(minjisId, others))
                    .addKeys(key(minjisId, mine))
                    .addKeys(key(minjisId, 1))
                    .build());

    assertThat(found.getAddressesList()).hasSize(1);
    assertThat(found.getAddresses(0).getAddressId()).isEqualTo(mine);
    assertThat(found.getAddresses(0).getRecipient()).isEqualTo("김민지");
  }

  private static AddressKey key(long memberId, long addressId) {
    return AddressKey.newBuilder().setMemberId(memberId).setAddressId(addressId).build();
  }

  private static Map<String, Object> with(String field, String value) {
    Map<String, Object> changed = new HashMap<>(HOME);
    changed.put(field, value);
    return changed;
  }

  private static Rest somebody() {
    String email = UUID.randomUUID() + "@example.com";
    Map<String, String> credentials = Map.of("email", email, "password", "correct horse battery");
    Map<String, String> signUp = new HashMap<>(credentials);
    signUp.put("name", "김민지");
    assertThat(member.rest().post("/api/v1/members", signUp).status()).isEqualTo(201);
    return member
        .rest()
        .as(
            member
                .rest()
                .post("/api/v1/auth/login", credentials)
                .body()
                .path("accessToken")
                .asText());
  }
}
