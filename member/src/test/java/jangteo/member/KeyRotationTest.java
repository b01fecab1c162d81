package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.testkit.Rest;
import jangteo.testkit.TestTokens;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** New signing keys, and passwords hashed anew, on servers of two instances. */
@ExtendWith(SharedMember.class)
class KeyRotationTest {

  private static final String KEYS = "/api/v1/admin/signing-keys";
  private static final String JWKS = "/.well-known/jwks.json";

  @Test
  @Tag("ASVS-11.1.1")
  void noTokenIsRefusedWhileTheKeyChangesAndTheOldOneGoesWhenItsTokensAreOver() throws Exception {
    Map<String, String> config = RunningMember.freshPlaces();
    config.put("signing-keys.lead", "PT8S");
    config.put("signing-keys.bits", "2048");
    config.put("security.access-token-life", "PT3S");
    try (RunningMember first = RunningMember.startOn(config);
        RunningMember second = RunningMember.startOn(config)) {
      Person minji = Person.signUp(first.rest(), "민지");
      String oldKey = keyIds(first).iterator().next();

      Person.Login admin = Person.admin(first.rest()).login();
      Rest.Answer made = admin.rest().post(KEYS);
      assertThat(made.status()).as(() -> made.body().toString()).isEqualTo(201);
      assertThat(made.body().path("use").asText()).isEqualTo("PUBLISHED");
      Person.Login refreshed = Person.Login.of(first.rest(), admin.refresh());
      assertThat(keyIdOf(refreshed.accessToken())).isEqualTo(oldKey);
      assertThat(refreshed.rest().post(KEYS).status()).isEqualTo(409);

      String newKey = made.body().path("keyId").asText();
      Set<String> signedBy = new HashSet<>();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                for (RunningMember one : List.of(first, second)) {
                  String token = minji.at(one.rest()).login().accessToken();
                  signedBy.add(keyIdOf(token));
                  for (RunningMember other : List.of(first, second)) {
                    assertThat(other.rest().as(token).get("/api/v1/members/me").status())
                        .isEqualTo(200);
                  }
                }
                return keyIds(first).equals(Set.of(newKey))
                    && keyIds(second).equals(Set.of(newKey));
              });
      assertThat(signedBy).containsExactlyInAnyOrder(oldKey, newKey);
      JsonNode kept = first.rest().as(admin(first)).get(KEYS).body().path("items");
      assertThat(kept).hasSize(1);
      assertThat(kept.get(0).path("use").asText()).isEqualTo("SIGNS");
      assertThat(first.query("SELECT event FROM security_log WHERE event = 'SIGNING_KEY_ADDED'"))
          .hasSize(1);
    }
  }

  @Test
  @Tag("ASVS-11.1.1")
  void manyRotationsAtOnceAreOne() throws Exception {
    Map<String, String> config = RunningMember.freshPlaces();
    config.put("signing-keys.bits", "2048");
    try (RunningMember first = RunningMember.startOn(config);
        RunningMember second = RunningMember.startOn(config);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String admin = admin(first);
      List<Callable<Integer>> rotations =
          IntStream.range(0, 5)
              .<Callable<Integer>>mapToObj(
                  i -> {
                    Rest rest = (i % 2 == 0 ? first : second).rest().as(admin);
                    return () -> rest.post(KEYS).status();
                  })
              .toList();
      assertThat(threads.invokeAll(rotations))
          .extracting(Future::resultNow)
          .containsOnlyOnce(201)
          .containsOnly(201, 409);
      assertThat(first.query("SELECT event FROM security_log WHERE event = 'SIGNING_KEY_ADDED'"))
          .hasSize(1);
    }
  }

  @Test
  @Tag("ASVS-15.3.1")
  void onlyAdminsSeeAndRotateKeysAndNobodySeesThePrivateHalf(RunningMember member) {
    assertThat(member.rest().post(KEYS).status()).isEqualTo(401);
    Rest minji = Person.signUp(member.rest(), "민지").login().rest();
    assertThat(minji.get(KEYS).status()).isEqualTo(403);
    assertThat(minji.post(KEYS).status()).isEqualTo(403);
    assertThat(member.rest().as(admin(member)).get(KEYS).body().at("/items/0").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("keyId", "use", "createdAt", "signsFrom");
    assertThat(member.rest().get(JWKS).body().at("/keys/0").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e");
  }

  @Test
  @Tag("ASVS-11.4.2")
  void aPasswordIsHashedAnewOnceTheCostHasRisen() {
    Map<String, String> servers = RunningMember.freshPlaces();
    Person minji;
    try (RunningMember before = RunningMember.startOn(servers)) {
      minji = Person.signUp(before.rest(), "민지");
      minji.login();
      assertThat(hash(before, minji)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }
    Map<String, String> dearer = new HashMap<>(servers);
    dearer.put("passwords.passes", "3");
    try (RunningMember after = RunningMember.startOn(dearer)) {
      assertThat(minji.at(after.rest()).tryLogin().status()).isEqualTo(200);
      assertThat(hash(after, minji)).startsWith("$argon2id$v=19$m=19456,t=3,p=1$");
      assertThat(minji.at(after.rest()).tryLogin().status()).isEqualTo(200);
    }
  }

  private static String hash(RunningMember member, Person person) {
    return member
        .query("SELECT password_hash FROM members WHERE email = ?", person.email())
        .getFirst();
  }

  private static String admin(RunningMember member) {
    return Person.admin(member.rest()).login().accessToken();
  }

  private static Set<String> keyIds(RunningMember member) {
    Set<String> ids = new HashSet<>();
    member.rest().get(JWKS).body().path("keys").forEach(key -> ids.add(key.path("kid").asText()));
    return ids;
  }

  private static String keyIdOf(String token) {
    return TestTokens.header(token).path("kid").asText();
  }
}
