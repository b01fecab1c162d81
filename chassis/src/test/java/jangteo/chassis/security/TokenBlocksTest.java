package jangteo.chassis.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.ProblemException;
import jangteo.member.v1.TokenBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TokenBlocksTest {

  private static final Instant EXPIRY = Instant.parse("2026-11-22T09:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(EXPIRY.minusSeconds(60));
  private final TokenBlocks blocks = new TokenBlocks(now::get);

  @Test
  void aTokenIsBlockedForAsLongAsItWouldWork() {
    blocks.block(block("leaving", EXPIRY));
    now.set(EXPIRY.plus(TokenCheck.CLOCK_SKEW).minusMillis(1));
    sweep();
    assertThat(blocks.isBlocked("leaving", 1, EXPIRY.minusSeconds(600))).isTrue();
  }

  @Test
  void aTokenThatHasExpiredCanStillBeBlockedWhileItWorks() {
    now.set(EXPIRY.plusSeconds(1));
    blocks.block(block("late", EXPIRY));
    assertThat(blocks.isBlocked("late", 1, EXPIRY.minusSeconds(600))).isTrue();
  }

  @Test
  void whatWorksNoMoreAnywayIsForgotten() {
    blocks.block(block("leaving", EXPIRY));
    now.set(EXPIRY.plus(Duration.ofMinutes(2)));
    sweep();
    assertThat(blocks.isBlocked("leaving", 1, EXPIRY.minusSeconds(600))).isFalse();
  }

  @Test
  @Tag("ASVS-16.5.3")
  void beforeTheTopicHasBeenReadNobodyIsLetInAndNobodyIsCalledBlocked() {
    Caller caller = new Caller(1, Set.of(), "leaving", EXPIRY.minusSeconds(600), EXPIRY);
    assertThatThrownBy(() -> blocks.isBlocked(caller))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(503);
              assertThat(e.problem().headers()).containsKey("Retry-After");
            });
  }

  @Test
  void whatThisServiceBlocksIsAwaitedUntilTheTopicHasIt() throws InterruptedException {
    TokenBlock leaving = block("leaving", EXPIRY);
    TokenBlock another = block("another", EXPIRY);
    List.of(leaving, another).forEach(blocks::block);
    assertThat(blocks.awaitTold(List.of(another), Duration.ofMillis(20))).isFalse();
    Thread topic = Thread.ofVirtual().start(() -> blocks.told(leaving));
    assertThat(blocks.awaitTold(List.of(leaving), Duration.ofSeconds(20))).isTrue();
    topic.join();
    assertThat(blocks.awaitTold(List.of(leaving, another), Duration.ZERO))
        .as("nobody waits for them any more")
        .isTrue();
  }

  /** Each new block lets those go that have had their time. */
  private void sweep() {
    blocks.block(block("another", now.get().plusSeconds(600)));
  }

  private static TokenBlock block(String tokenId, Instant expires) {
    return TokenBlock.newBuilder()
        .setTokenId(tokenId)
        .setExpiresAt(Timestamp.newBuilder().setSeconds(expires.getEpochSecond()))
        .build();
  }
}
