package jangteo.member.auth;

import jangteo.chassis.Ids;
import jangteo.member.store.SigningKeyTable.Protection;
import jangteo.member.store.SigningKeyTable.StoredKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes signing keys and reads them as they are stored. */
public final class KeyMaker {

  private static final Logger LOG = LoggerFactory.getLogger(KeyMaker.class);

  /** What browsers and libraries take at least for RS256 (RFC 7518, 3.3). */
  private static final int LEAST_BITS = 2048;

  private final int bits;
  private final KeyProtection protection;
  private final Clock clock;
  private final Ids ids;

  /**
   * Keys made now.
   *
   * @param bits of RSA: 3072 are as hard as 128 bits (NIST SP 800-57), and take seconds to find
   * @param protection how private halves are stored
   */
  public KeyMaker(int bits, KeyProtection protection, Clock clock, Ids ids) {
    if (bits < LEAST_BITS) {
      throw new IllegalArgumentException(
          "signing-keys.bits is %d, less than %d".formatted(bits, LEAST_BITS));
    }
    this.bits = bits;
    this.protection = protection;
    this.clock = clock;
    this.ids = ids;
  }

  /** A pair of its own; it takes up to some seconds, so nothing should be locked meanwhile. */
  KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  StoredKey stored(KeyPair pair, long generation, Duration lead) {
    if (protection.kind() == Protection.PLAIN) {
      LOG.warn(
          "The private signing key is kept unencrypted: set signing-keys.encryption-key to change"
              + " that");
    }
    Instant now = clock.instant();
    return new StoredKey(
        generation,
        ids.uuid().toString(),
        protection.protect(pair.getPrivate().getEncoded()),
        protection.kind(),
        pair.getPublic().getEncoded(),
        now,
        now.plus(lead));
  }

  KeySet.Key open(StoredKey stored) {
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      byte[] pkcs8 = protection.reveal(stored.privateKey(), stored.protection());
      return new KeySet.Key(
          stored.keyId(),
          (RSAPublicKey) rsa.generatePublic(new X509EncodedKeySpec(stored.publicKey())),
          (RSAPrivateKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
          stored.signsFrom());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing key " + stored.keyId() + " cannot be read", e);
    }
  }
}
