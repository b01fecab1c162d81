package jangteo.chassis.security;

import jangteo.chassis.events.ProtoTime;
import jangteo.chassis.events.Record;
import jangteo.chassis.events.TopicFollower;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.Problem;
import jangteo.member.v1.TokenBlock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The access tokens that no longer work, in memory, kept up by the topic {@code token-blocks}: a
 * service refuses them whether or not Redis and member answer (design, section 9; docs/adr/0038).
 */
public final class TokenBlocks {

  private static final String TOPIC = "token-blocks";
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  private record MemberBlock(Instant issuedBefore, Instant expiresAt) {}

  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  private final Map<Long, MemberBlock> members = new ConcurrentHashMap<>();
  private final Map<TokenBlock, CountDownLatch> untold = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final TopicFollower follower;
  private volatile Instant nextSweep = Instant.MIN;

  /** Nothing is blocked yet. */
  public TokenBlocks(InstantSource clock) {
    this.clock = clock;
    this.follower = TopicFollower.of(TOPIC).fromStart().each(this::accept);
  }

  /** What keeps this up to date, from the topic's first record on. */
  public TopicFollower follower() {
    return follower;
  }

  /**
   * Whether the caller's token no longer works.
   *
   * @throws jangteo.chassis.web.ProblemException 503 as long as the topic has not been read: a
   *     service listens before that
   */
  public boolean isBlocked(Caller caller) {
    if (!follower.readiness().ready()) {
      throw Problem.unavailable("Tokens cannot be checked at the moment.", Duration.ofSeconds(1))
          .exception();
    }
    return isBlocked(caller.tokenId(), caller.memberId(), caller.issuedAt());
  }

  /** Whether a token with these claims no longer works. */
  public boolean isBlocked(String tokenId, long memberId, Instant issuedAt) {
    MemberBlock all = members.get(memberId);
    return tokens.containsKey(tokenId) || (all != null && issuedAt.isBefore(all.issuedBefore()));
  }

  /**
   * Blocks the tokens that a block names which was committed just now, before its event is sent.
   */
  public void block(TokenBlock block) {
    untold.putIfAbsent(block, new CountDownLatch(1));
    add(block);
  }

  /**
   * Waits until the topic has told this service what it has blocked itself, by which time it tells
   * the others as well.
   *
   * @return whether it has; false after that time, such as without Kafka
   */
  public boolean awaitTold(Collection<TokenBlock> blocks, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    try {
      for (TokenBlock block : blocks) {
        CountDownLatch open = untold.get(block);
        if (open != null && !open.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      blocks.forEach(untold::remove);
    }
  }

  private void add(TokenBlock block) {
    Instant now = clock.instant();
    forgetExpired(now);
    // As long as a token is taken for unexpired by a clock that is behind.
    Instant expires = ProtoTime.instant(block.getExpiresAt()).plus(TokenCheck.CLOCK_SKEW);
    if (!expires.isAfter(now)) {
      return;
    }
    switch (block.getBlockedCase()) {
      case TOKEN_ID -> tokens.put(block.getTokenId(), expires);
      case MEMBER_ID ->
          members.merge(
              block.getMemberId(),
              new MemberBlock(ProtoTime.instant(block.getIssuedBefore()), expires),
              (known, fresh) -> fresh.issuedBefore().isAfter(known.issuedBefore()) ? fresh : known);
      case BLOCKED_NOT_SET -> {}
    }
  }

  private void accept(Record record) {
    if (record.value().isPresent()) {
      told(record.parse(TokenBlock.parser()));
    }
  }

  /** The topic has the block. */
  void told(TokenBlock block) {
    add(block);
    CountDownLatch open = untold.remove(block);
    if (open != null) {
      open.countDown();
    }
  }

  private void forgetExpired(Instant now) {
    if (now.isBefore(nextSweep)) {
      return;
    }
    nextSweep = now.plus(BETWEEN_SWEEPS);
    tokens.values().removeIf(expires -> !expires.isAfter(now));
    members.values().removeIf(block -> !block.expiresAt().isAfter(now));
  }
}
