package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jangteo.testkit.Rest;
import jangteo.testkit.TestServers;
import jangteo.testkit.TestTokens;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Blocked tokens in a Redis that was emptied. */
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

      String block = "blocked:jti:" + TestTokens.claims(left.accessToken()).path("jti").asText();
      String all = "blocked:member:" + jisu.memberId();
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
}
