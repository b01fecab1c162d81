package jangteo.chassis.security;

import jangteo.chassis.events.ProtoTime;
import jangteo.chassis.events.Record;
import jangteo.chassis.events.TopicFollower;
import jangteo.chassis.web.Caller;
import jangteo.member.v1.TokenBlock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The access tokens that no longer work, in memory, kept up by the topic {@code token-blocks}: a
 * service refuses them whether or not Redis and member answer (design, section 9).
 */
public final class TokenBlocks {

  private static final String TOPIC = "token-blocks";
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  private record MemberBlock(Instant issuedBefore, Instant expiresAt) {}

  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  private final Map<Long, MemberBlock> members = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private volatile Instant nextSweep = Instant.MIN;

  /** Nothing is blocked yet. */
  public TokenBlocks(InstantSource clock) {
    this.clock = clock;
  }

  /** What keeps this up to date, from the topic's first record on. */
  public TopicFollower follower() {
    return TopicFollower.of(TOPIC).fromStart().each(this::accept);
  }

  /** Whether the caller's token no longer works. */
  public boolean isBlocked(Caller caller) {
    return isBlocked(caller.tokenId(), caller.memberId(), caller.issuedAt());
  }

  /** Whether a token with these claims no longer works. */
  public boolean isBlocked(String tokenId, long memberId, Instant issuedAt) {
    MemberBlock all = members.get(memberId);
    return tokens.containsKey(tokenId) || (all != null && issuedAt.isBefore(all.issuedBefore()));
  }

  /** Blocks the tokens that the block names, such as one that was committed just now. */
  public void block(TokenBlock block) {
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
      block(record.parse(TokenBlock.parser()));
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
