package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jangteo.testkit.Rest;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Blocked tokens in a Redis that was emptied, or is full. */
class RefillingRedisTest {

  /** Nobody else's: it is emptied. */
  private static final String REDIS = TestServers.redis().replaceFirst("/0$", "/5");

  @Test
  @Tag("ASVS-7.4.1")
  void anEmptiedRedisIsFilledAgainAndNoBlockedTokenWorksMeanwhile() {
    try (RunningMember member = RunningMember.start(Map.of("redis.uri", REDIS));
        RedisClient redis = RedisClient.create(URI.create(REDIS))) {
      Person minji = Person.signUp(member.rest(), "민지");
      Person.Login left = minji.login();
      Person.Login stays = minji.login();
      assertThat(left.rest().post("/api/v1/auth/logout").status()).isEqualTo(204);
      Person jisu = Person.signUp(member.rest(), "지수");
      Person.Login gone = jisu.login();
      assertThat(gone.rest().post("/api/v1/auth/logout-all").status()).isEqualTo(204);

      String block = block(left);
      String all = all(jisu);
      assertThat(redis.exists(block, all)).isEqualTo(2);
      long before = Long.parseLong(redis.get(all));
      redis.flushDB();
      assertThat(left.status()).isEqualTo(401);
      assertThat(gone.status()).isEqualTo(401);
      assertThat(stays.status()).isEqualTo(200);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(redis.exists(block, all)).isEqualTo(2));
      assertThat(Long.parseLong(redis.get(all))).isEqualTo(before);
      assertThat(redis.ttl(block)).isBetween(1L, 700L);

      Rest again = jisu.login().rest();
      assertThat(again.post("/api/v1/auth/logout-all").status()).isEqualTo(204);
      assertThat(Long.parseLong(redis.get(all))).isGreaterThanOrEqualTo(before);
    }
  }

  @Test
  @Tag("ASVS-7.4.1")
  @Tag("ASVS-16.5.2")
  void aFullRedisLosesNoLogoutRefusesNobodyAndIsFilledOnceThereIsRoom() throws Exception {
    try (OwnRedis full = OwnRedis.start();
        RunningMember member = RunningMember.start(Map.of("redis.uri", full.uri().toString()))) {
      Person minji = Person.signUp(member.rest(), "민지");
      Person jisu = Person.signUp(member.rest(), "지수");
      Person.Login before = minji.login();
      Person.Login left = minji.login();
      Person.Login gone = jisu.login();
      Person.Login stays = minji.login();
      assertThat(before.rest().post("/api/v1/auth/logout").status()).isEqualTo(204);

      full.fillUp();
      assertThatThrownBy(() -> full.client().set("more", "")).hasMessageContaining("OOM");
      assertThat(left.rest().post("/api/v1/auth/logout").status()).isEqualTo(204);
      assertThat(gone.rest().post("/api/v1/auth/logout-all").status()).isEqualTo(204);
      for (Person.Login refused : List.of(before, left, gone)) {
        assertThat(refused.status()).isEqualTo(401);
      }
      assertThat(stays.status()).isEqualTo(200);
      assertThat(jisu.login().status()).isEqualTo(200);
      assertThat(Person.signUp(member.rest(), "새봄").login().status()).isEqualTo(200);
      assertThat(full.client().exists(block(left), all(jisu))).as("there is no room").isZero();

      full.makeRoom();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(full.client().exists(block(before), block(left), all(jisu)))
                      .isEqualTo(3));
      for (Person.Login refused : List.of(before, left, gone)) {
        assertThat(refused.status()).isEqualTo(401);
      }
      assertThat(stays.status()).isEqualTo(200);
    }
  }

  private static String block(Person.Login login) {
    return "blocked:jti:" + TestTokens.claims(login.accessToken()).path("jti").asText();
  }

  private static String all(Person person) {
    return "blocked:member:" + person.memberId();
  }
}
