package jangteo.member.store;

import jangteo.member.domain.Email;
import jangteo.member.store.RateLimit.Limit;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** How many mails may be asked for: nobody's mailbox is filled by others. */
public final class MailLimits {

  private final RateLimit ofAccount;
  private final RateLimit ofAddress;

  /**
   * Counts there.
   *
   * @param perAccount to one e-mail address, whether there is such an account or not
   * @param perAddress asked from one network address
   */
  public MailLimits(Redis redis, Limit perAccount, Limit perAddress) {
    this.ofAccount = new RateLimit(redis, "mails:account", perAccount);
    this.ofAddress = new RateLimit(redis, "mails:address", perAddress);
  }

  /** Counts one, and says how long to wait if that was one too many. */
  public Optional<Duration> take(Email account, String address) {
    return Stream.of(ofAccount.take(AccountKey.of(account)), ofAddress.take(address))
        .flatMap(Optional::stream)
        .max(Duration::compareTo);
  }
}
