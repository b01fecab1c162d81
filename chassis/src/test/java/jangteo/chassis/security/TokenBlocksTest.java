package jangteo.chassis.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import jangteo.member.v1.TokenBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
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
