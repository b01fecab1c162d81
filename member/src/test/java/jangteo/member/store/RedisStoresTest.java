package jangteo.member.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jangteo.member.OwnRedis;
import jangteo.member.domain.Email;
import jangteo.member.domain.TokenBlock;
import jangteo.testkit.TestServers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisStoresTest {

  private final Redis redis = new Redis(URI.create(TestServers.redis()), Duration.ofSeconds(2), 4);

  @AfterEach
  void stop() {
    redis.stop();
  }

  @Test
  void failuresAreForgottenHoweverTheirWindowEnds() {
    var failures = new LoginFailures(redis, new LoginFailures.Limits(1, 1, Duration.ofMillis(1)));
    Email account = Email.parse(UUID.randomUUID() + "@example.com").orElseThrow();
    String address = UUID.randomUUID().toString();
    for (int i = 0; i < 2_000; i++) {
      failures.count(account, address);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(failures.tooMany(account, address)).isEmpty());
  }

  /** The database may fail between two pages, also while Redis says that it has them all. */
  @Test
  void aFillingThatBreaksOffIsDoneAgain() {
    var blocked = new BlockedTokens(redis);
    blocked.fill(List::of);
    var lacking = new BlockedTokens(redis);
    assertThatThrownBy(
            () ->
                lacking.fill(
                    () -> {
                      throw new IllegalStateException("the database is away");
                    }))
        .isInstanceOf(IllegalStateException.class);
    UUID token = UUID.randomUUID();
    Instant soon = Instant.now().plusSeconds(60);
    List<TokenBlock> page = List.of(new TokenBlock.OfToken(token, soon));
    Iterator<List<TokenBlock>> pages = List.of(page, List.<TokenBlock>of()).iterator();
    assertThat(lacking.fill(pages::next)).isTrue();
    assertThat(blocked.contains(token.toString(), "7", Instant.now())).isTrue();
  }

  /** Nothing that it knew is forgotten to make room, and it is asked on while it takes nothing. */
  @Test
  void aFullRedisStillKnowsWhatItKnewAndGetsTheRestOnceThereIsRoom() throws Exception {
    try (OwnRedis own = OwnRedis.start()) {
      Redis full = new Redis(own.uri(), Duration.ofSeconds(2), 4);
      var blocked = new BlockedTokens(full);
      blocked.fill(List::of);
      var before = new TokenBlock.OfToken(UUID.randomUUID(), Instant.now().plusSeconds(60));
      var late = new TokenBlock.OfToken(UUID.randomUUID(), Instant.now().plusSeconds(60));
      var all =
          new TokenBlock.OfMember(7, Instant.now().plusSeconds(30), Instant.now().plusSeconds(60));
      blocked.put(List.of(before));

      own.fillUp();
      blocked.put(List.of(late, all));
      assertThat(knows(blocked, before)).isTrue();
      assertThat(knows(blocked, late)).isFalse();
      assertThat(blocked.fill(pages(before, late, all))).isFalse();
      assertThat(knows(blocked, before)).isTrue();

      own.makeRoom();
      assertThat(blocked.fill(pages(before, late, all))).isTrue();
      assertThat(knows(blocked, late)).isTrue();
      assertThat(blocked.contains(UUID.randomUUID().toString(), "7", Instant.now())).isTrue();
      full.stop();
    }
  }

  private static boolean knows(BlockedTokens blocked, TokenBlock.OfToken block) {
    return blocked.contains(block.tokenId().toString(), "1", Instant.now());
  }

  private static Supplier<List<TokenBlock>> pages(TokenBlock... blocks) {
    Iterator<List<TokenBlock>> pages = List.of(List.of(blocks), List.<TokenBlock>of()).iterator();
    return pages::next;
  }

  @Test
  void aBlockLastsALittleLongerThanItsToken() {
    var blocked = new BlockedTokens(redis);
    UUID token = UUID.randomUUID();
    Instant issued = Instant.now().minusSeconds(600);
    blocked.put(List.of(new TokenBlock.OfToken(token, Instant.now().minusSeconds(1))));
    assertThat(blocked.contains(token.toString(), "7", issued)).isTrue();
  }
}
