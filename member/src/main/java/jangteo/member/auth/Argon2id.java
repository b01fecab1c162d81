package jangteo.member.auth;

import jangteo.member.domain.Password;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) hashes in the PHC string format, which carries its own parameters: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 */
public final class Argon2id {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  /**
   * What a hash costs.
   *
   * @param memoryKib memory in KiB
   * @param passes over the memory
   * @param lanes that could be computed at once
   */
  public record Cost(int memoryKib, int passes, int lanes) {

    /** The first choice of the OWASP Password Storage Cheat Sheet for Argon2id. */
    static final Cost OWASP = new Cost(19 * 1024, 2, 1);

    /** Whether it is that, or more in memory or passes and less in neither. */
    boolean enough() {
      return memoryKib >= OWASP.memoryKib && passes >= OWASP.passes && lanes >= OWASP.lanes;
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Parsed(Cost cost, byte[] salt, byte[] hash) {}

  private final Cost cost;
  private final SecureRandom random;

  Argon2id(Cost cost, SecureRandom random) {
    this.cost = cost;
    this.random = random;
  }

  /** A hash with a salt of its own. */
  String hash(Password password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = compute(password, cost, salt, HASH_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.passes(),
            cost.lanes(),
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  /** Whether the hash is of that password; false when it is no such hash at all. */
  static boolean matches(Password password, String phc) {
    return parse(phc)
        .map(
            known ->
                MessageDigest.isEqual(
                    known.hash(),
                    compute(password, known.cost(), known.salt(), known.hash().length)))
        .orElse(false);
  }

  /** Whether a hash was made at another cost than new ones are. */
  boolean outdated(String phc) {
    return parse(phc).map(known -> !known.cost().equals(cost)).orElse(true);
  }

  private static byte[] compute(Password password, Cost cost, byte[] salt, int bytes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] hash = new byte[bytes];
    generator.generateBytes(password.text().getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static Optional<Parsed> parse(String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Cost cost =
        new Cost(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)));
    Base64.Decoder base64 = Base64.getDecoder();
    return Optional.of(
        new Parsed(cost, base64.decode(parts.group(4)), base64.decode(parts.group(5))));
  }
}
