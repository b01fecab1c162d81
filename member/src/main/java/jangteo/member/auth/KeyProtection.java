package jangteo.member.auth;

import jangteo.member.store.SigningKeyTable.Protection;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Keeps private keys unreadable in the database, when a key for that is configured. */
public final class KeyProtection {

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Optional<SecretKey> key;
  private final SecureRandom random;

  private KeyProtection(Optional<SecretKey> key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /**
   * Protection under a configured key.
   *
   * @param base64 32 bytes in Base64; blank for none
   */
  public static KeyProtection of(String base64, SecureRandom random) {
    if (base64.isBlank()) {
      return new KeyProtection(Optional.empty(), random);
    }
    byte[] bytes = Base64.getDecoder().decode(base64.strip());
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException("signing-keys.encryption-key is not 32 bytes in Base64");
    }
    return new KeyProtection(Optional.of(new SecretKeySpec(bytes, "AES")), random);
  }

  /** How {@link #protect} does it. */
  Protection kind() {
    return key.isPresent() ? Protection.AES_256_GCM : Protection.PLAIN;
  }

  byte[] protect(byte[] secret) {
    if (key.isEmpty()) {
      return secret;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, key.get(), nonce, secret);
    return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
  }

  byte[] reveal(byte[] kept, Protection kind) {
    return switch (kind) {
      case PLAIN -> kept;
      case AES_256_GCM ->
          run(
              Cipher.DECRYPT_MODE,
              key.orElseThrow(
                  () ->
                      new IllegalStateException(
                          "the signing keys are encrypted: signing-keys.encryption-key is missing")),
              Arrays.copyOf(kept, NONCE_BYTES),
              Arrays.copyOfRange(kept, NONCE_BYTES, kept.length));
    };
  }

  private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance(TRANSFORMATION);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing keys cannot be read with this key", e);
    }
  }
}
