package jangteo.member.store;

import jangteo.chassis.Digest;
import jangteo.member.domain.Email;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * Failed logins, counted in Redis per account and per address in windows of fixed length.
 * Successful ones do not count. With Redis away nobody is refused.
 */
public final class LoginFailures {

  /**
   * How many failures are too many.
   *
   * @param perAccount of one e-mail address in a window, whether there is such an account or not
   * @param perAddress of one network address in a window
   * @param window how long failures count, from the first one
   */
  public record Limits(long perAccount, long perAddress, Duration window) {}

  private final Redis redis;
  private final Limits limits;

  /** Counts there and refuses from those limits on. */
  public LoginFailures(Redis redis, Limits limits) {
    this.redis = redis;
    this.limits = limits;
  }

  /** How long a login of that account from that address has to wait; empty when it may be tried. */
  public Optional<Duration> tooMany(Email account, String address) {
    return redis
        .ask(
            jedis ->
                longer(
                    wait(jedis, accountKey(account), limits.perAccount()),
                    wait(jedis, addressKey(address), limits.perAddress())))
        .filter(Duration::isPositive);
  }

  /** Counts a failure. */
  public void count(Email account, String address) {
    redis.ask(
        jedis -> {
          increase(jedis, accountKey(account));
          increase(jedis, addressKey(address));
          return true;
        });
  }

  /** Forgets the account's failures: its owner is there. */
  public void forget(Email account) {
    redis.ask(jedis -> jedis.del(accountKey(account)));
  }

  /**
   * Both in one transaction: a window that ends between them would leave a count that never ends.
   */
  private void increase(UnifiedJedis jedis, String key) {
    try (AbstractTransaction both = jedis.multi()) {
      both.set(key, "0", SetParams.setParams().nx().px(limits.window().toMillis()));
      both.incr(key);
      both.exec();
    }
  }

  private static Duration wait(UnifiedJedis jedis, String key, long limit) {
    String count = jedis.get(key);
    if (count == null || Long.parseLong(count) < limit) {
      return Duration.ZERO;
    }
    return Duration.ofMillis(Math.max(1, jedis.pttl(key)));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static String addressKey(String address) {
    return "login-failures:address:" + address;
  }

  private static String accountKey(Email account) {
    byte[] hash = Digest.of(account.address().getBytes(StandardCharsets.UTF_8));
    return "login-failures:account:" + HexFormat.of().formatHex(hash);
  }
}
