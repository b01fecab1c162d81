package jangteo.member.store;

import jangteo.chassis.security.TokenCheck;
import jangteo.member.domain.TokenBlock;
import java.time.Instant;
import java.util.List;
import redis.clients.jedis.params.SetParams;

/**
 * Blocked tokens in Redis, so that every instance knows of a logout before it is answered. A key
 * lives as long as the token would.
 */
public final class BlockedTokens {

  private final Redis redis;

  /** Keeps them there. */
  public BlockedTokens(Redis redis) {
    this.redis = redis;
  }

  /** Makes the blocks known; does nothing when Redis is away. */
  public void put(List<? extends TokenBlock> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    redis.ask(
        jedis -> {
          for (TokenBlock block : blocks) {
            // One by one: a pipeline does not say that a full Redis has refused one of them.
            jedis.set(
                name(block.key()), value(block), SetParams.setParams().exAt(forgottenAt(block)));
          }
          return true;
        });
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

  private static String value(TokenBlock block) {
    return switch (block) {
      case TokenBlock.OfToken _ -> "1";
      case TokenBlock.OfMember member -> Long.toString(member.issuedBefore().toEpochMilli());
    };
  }

  /** In seconds of the epoch, rounded up. */
  private static long forgottenAt(TokenBlock block) {
    return block.expiresAt().plus(TokenCheck.CLOCK_SKEW).getEpochSecond() + 1;
  }

  private static String name(String key) {
    return "blocked:" + key;
  }
}
