package jangteo.member.store;

import jangteo.member.domain.TokenBlock;
import java.time.Instant;
import java.util.List;

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
          try (var pipeline = jedis.pipelined()) {
            for (TokenBlock block : blocks) {
              String value =
                  switch (block) {
                    case TokenBlock.OfToken _ -> "1";
                    case TokenBlock.OfMember member ->
                        Long.toString(member.issuedBefore().toEpochMilli());
                  };
              pipeline.set(name(block.key()), value);
              pipeline.expireAt(name(block.key()), block.expiresAt().getEpochSecond() + 1);
            }
            pipeline.sync();
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

  private static String name(String key) {
    return "blocked:" + key;
  }
}
