package jangteo.member.auth;

import jangteo.chassis.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Refresh tokens and those of mails: 256 random bits, of which only the hash is kept. */
final class RandomTokens {

  private static final int BYTES = 32;

  private RandomTokens() {}

  static String make(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** SHA-256 is enough for what cannot be guessed. */
  static byte[] hash(String token) {
    return Digest.of(token.getBytes(StandardCharsets.UTF_8));
  }
}
