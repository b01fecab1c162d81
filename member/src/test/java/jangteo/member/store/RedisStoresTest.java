package jangteo.member.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jangteo.member.domain.Email;
import jangteo.member.domain.TokenBlock;
import jangteo.testkit.TestServers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
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

  @Test
  void aBlockLastsALittleLongerThanItsToken() {
    var blocked = new BlockedTokens(redis);
    UUID token = UUID.randomUUID();
    Instant issued = Instant.now().minusSeconds(600);
    blocked.put(List.of(new TokenBlock.OfToken(token, Instant.now().minusSeconds(1))));
    assertThat(blocked.contains(token.toString(), "7", issued)).isTrue();
  }
}
