package jangteo.member.store;

import jangteo.chassis.Part;
import jangteo.chassis.Readiness;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Redis, which makes things faster and is never needed: every answer is empty when it is away, and
 * after a failure it is left alone for a second so that a dead one costs the other requests
 * nothing. A full one is asked on: it takes nothing, and still knows what it knew.
 */
public final class Redis implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long BETWEEN_WARNINGS = Duration.ofMinutes(1).toNanos();

  private final RedisClient client;
  private final AtomicLong pausedSince = new AtomicLong();
  private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());
  private volatile boolean away;

  /**
   * Connects when it is first asked.
   *
   * @param uri such as {@code redis://user:password@host:6379/0}
   * @param timeout for connecting, and for each answer
   * @param connections at most so many at once
   */
  public Redis(URI uri, Duration timeout, int connections) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(connections);
    pool.setMaxIdle(connections);
    pool.setMaxWait(timeout);
    this.client =
        RedisClient.builder()
            .hostAndPort(JedisURIHelper.getHostAndPort(uri))
            .clientConfig(
                DefaultJedisClientConfig.builder()
                    .connectionTimeoutMillis(Math.toIntExact(timeout.toMillis()))
                    .socketTimeoutMillis(Math.toIntExact(timeout.toMillis()))
                    .user(JedisURIHelper.getUser(uri))
                    .password(JedisURIHelper.getPassword(uri))
                    .database(JedisURIHelper.getDBIndex(uri))
                    .build())
            .poolConfig(pool)
            .build();
  }

  /** What Redis answers, or empty when it is away or refuses. */
  public <T> Optional<T> ask(Function<UnifiedJedis, T> question) {
    if (away && System.nanoTime() - pausedSince.get() < PAUSE) {
      return Optional.empty();
    }
    try {
      T answer = question.apply(client);
      answered();
      return Optional.of(answer);
    } catch (JedisDataException refusal) {
      answered();
      warn(refusal);
      return Optional.empty();
    } catch (JedisException failure) {
      pausedSince.set(System.nanoTime());
      if (!away) {
        away = true;
        LOG.warn("Redis is away; blocked tokens are known from memory", failure);
      }
      return Optional.empty();
    }
  }

  private void answered() {
    if (away) {
      away = false;
      LOG.info("Redis is back");
    }
  }

  private void warn(JedisDataException refusal) {
    long due = nextWarning.get();
    long now = System.nanoTime();
    if (now - due >= 0 && nextWarning.compareAndSet(due, now + BETWEEN_WARNINGS)) {
      LOG.warn("Redis refuses, as when it is full: {}", refusal.getMessage());
    }
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public void stop() {
    client.close();
  }

  @Override
  public Readiness readiness() {
    return away ? Readiness.degraded("Redis is away") : Readiness.yes();
  }
}
