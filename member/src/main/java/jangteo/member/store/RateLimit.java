package jangteo.member.store;

import java.time.Duration;
import java.util.Optional;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * How often something may happen, counted in Redis in windows of fixed length that begin with the
 * first. With Redis away nobody is refused.
 */
public final class RateLimit {

  /**
   * So often in so long.
   *
   * @param most how often in a window
   * @param window from the first one on
   */
  public record Limit(long most, Duration window) {}

  private final Redis redis;
  private final String name;
  private final Limit limit;

  /**
   * Counts there.
   *
   * @param name of what is counted, unique in the service
   */
  public RateLimit(Redis redis, String name, Limit limit) {
    this.redis = redis;
    this.name = name;
    this.limit = limit;
  }

  /** How long to wait until it may happen again; empty when it may now. */
  public Optional<Duration> pause(String key) {
    return redis
        .ask(
            jedis -> {
              String count = jedis.get(named(key));
              return count == null || Long.parseLong(count) < limit.most()
                  ? Duration.ZERO
                  : left(jedis, key);
            })
        .filter(Duration::isPositive);
  }

  /** Counts one. */
  public void count(String key) {
    redis.ask(jedis -> increase(jedis, key));
  }

  /** Counts one, and says how long to wait if that was one too many. */
  public Optional<Duration> take(String key) {
    return redis
        .ask(jedis -> increase(jedis, key) <= limit.most() ? Duration.ZERO : left(jedis, key))
        .filter(Duration::isPositive);
  }

  /** Begins anew. */
  public void forget(String key) {
    redis.ask(jedis -> jedis.del(named(key)));
  }

  /**
   * Both in one transaction: a window that ends between them would leave a count that never ends.
   */
  private long increase(UnifiedJedis jedis, String key) {
    try (AbstractTransaction both = jedis.multi()) {
      both.set(named(key), "0", SetParams.setParams().nx().px(limit.window().toMillis()));
      Response<Long> count = both.incr(named(key));
      both.exec();
      return count.get();
    }
  }

  private Duration left(UnifiedJedis jedis, String key) {
    return Duration.ofMillis(Math.max(1, jedis.pttl(named(key))));
  }

  private String named(String key) {
    return name + ":" + key;
  }
}
