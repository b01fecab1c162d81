package jangteo.member.store;

import jangteo.member.domain.Email;
import jangteo.member.store.RateLimit.Limit;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Failed logins per account and per address; successful ones do not count. */
public final class LoginFailures {

  /**
   * How many failures are too many.
   *
   * @param perAccount of one e-mail address in a window, whether there is such an account or not
   * @param perAddress of one network address in a window
   * @param window how long failures count, from the first one
   */
  public record Limits(long perAccount, long perAddress, Duration window) {}

  private final RateLimit ofAccount;
  private final RateLimit ofAddress;

  /** Counts there and refuses from those limits on. */
  public LoginFailures(Redis redis, Limits limits) {
    this.ofAccount =
        new RateLimit(
            redis, "login-failures:account", new Limit(limits.perAccount(), limits.window()));
    this.ofAddress =
        new RateLimit(
            redis, "login-failures:address", new Limit(limits.perAddress(), limits.window()));
  }

  /** How long a login of that account from that address has to wait; empty when it may be tried. */
  public Optional<Duration> tooMany(Email account, String address) {
    return Stream.of(ofAccount.pause(AccountKey.of(account)), ofAddress.pause(address))
        .flatMap(Optional::stream)
        .max(Duration::compareTo);
  }

  /** Counts a failure. */
  public void count(Email account, String address) {
    ofAccount.count(AccountKey.of(account));
    ofAddress.count(address);
  }

  /** Forgets the account's failures: its owner is there. */
  public void forget(Email account) {
    ofAccount.forget(AccountKey.of(account));
  }
}
