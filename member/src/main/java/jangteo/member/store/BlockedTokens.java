package jangteo.member.store;

import jangteo.chassis.security.TokenCheck;
import jangteo.member.domain.TokenBlock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * Blocked tokens in Redis, so that every instance knows of a logout before it is answered. A key
 * lives as long as the token would. MySQL has them all: what Redis lacks after an outage, or after
 * it was emptied, is put there again.
 */
public final class BlockedTokens {

  /** There since all of MySQL's blocks are: an emptied Redis has it no more. */
  private static final String COMPLETE = "blocked:complete";

  /** Never lets an earlier time take the place of a later one. */
  private static final String LATER =
      """
      local known = redis.call('GET', KEYS[1])
      if not known or tonumber(known) < tonumber(ARGV[1]) then
        redis.call('SET', KEYS[1], ARGV[1], 'EXAT', ARGV[2])
      end
      """;

  private final Redis redis;

  /** Whether this instance may have blocks that it could not put there. */
  private final AtomicBoolean behind = new AtomicBoolean(true);

  /** Keeps them there. */
  public BlockedTokens(Redis redis) {
    this.redis = redis;
  }

  /** Makes the blocks known; when Redis is away or full it lacks them until it is filled again. */
  public void put(List<? extends TokenBlock> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    Optional<Boolean> taken =
        redis.ask(
            jedis -> {
              // One by one: a pipeline does not say that a full Redis has refused one of them.
              blocks.forEach(block -> put(jedis, block));
              return true;
            });
    if (taken.isEmpty()) {
      behind.set(true);
    }
  }

  private static void put(UnifiedJedis jedis, TokenBlock block) {
    String name = name(block.key());
    switch (block) {
      case TokenBlock.OfToken _ ->
          jedis.set(name, "1", SetParams.setParams().exAt(forgottenAt(block)));
      case TokenBlock.OfMember member ->
          jedis.eval(
              LATER,
              List.of(name),
              List.of(
                  Long.toString(member.issuedBefore().toEpochMilli()),
                  Long.toString(forgottenAt(block))));
    }
  }

  /**
   * Puts all blocks there when some may be missing.
   *
   * @param all pages of MySQL's blocks, the next one at each call; empty after the last
   * @return whether Redis has them all now; false also while it is away
   */
  public boolean fill(Supplier<List<TokenBlock>> all) {
    Optional<Boolean> complete = redis.ask(jedis -> jedis.exists(COMPLETE));
    if (complete.isEmpty()) {
      return false;
    }
    if (complete.get() && !behind.get()) {
      return true;
    }
    behind.set(false); // before it is read: what cannot be put from now on sets it again
    boolean read = false;
    try {
      for (List<TokenBlock> page = all.get(); !page.isEmpty(); page = all.get()) {
        put(page);
      }
      read = true;
    } finally {
      if (!read) {
        behind.set(true);
      }
    }
    return !behind.get() && redis.ask(jedis -> jedis.set(COMPLETE, "1")).isPresent();
  }

  /** Whether Redis knows the token as blocked; false when it is away. */
  public boolean contains(String tokenId, String memberId, Instant issuedAt) {
    return redis
        .ask(
            jedis ->
                jedis.mget(
                    name(TokenBlock.OfToken.key(tokenId)), name(TokenBlock.OfMember.key(memberId))))
        .map(
            found -> {
              String ofToken = found.get(0);
              String ofMember = found.get(1);
              return ofToken != null
                  || (ofMember != null
                      && issuedAt.isBefore(Instant.ofEpochMilli(Long.parseLong(ofMember))));
            })
        .orElse(false);
  }

  /** In seconds of the epoch, rounded up. */
  private static long forgottenAt(TokenBlock block) {
    return block.expiresAt().plus(TokenCheck.CLOCK_SKEW).getEpochSecond() + 1;
  }

  private static String name(String key) {
    return "blocked:" + key;
  }
}
