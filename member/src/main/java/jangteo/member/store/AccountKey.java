package jangteo.member.store;

import jangteo.chassis.Digest;
import jangteo.member.domain.Email;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What an account is called where its address shall not be read. */
final class AccountKey {

  private AccountKey() {}

  static String of(Email account) {
    byte[] hash = Digest.of(account.address().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }
}
