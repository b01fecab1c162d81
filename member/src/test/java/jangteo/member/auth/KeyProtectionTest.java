package jangteo.member.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jangteo.member.store.SigningKeyTable.Protection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KeyProtectionTest {

  private static final byte[] SECRET = "a private key".getBytes(StandardCharsets.UTF_8);

  private final SecureRandom random = new SecureRandom();

  @Test
  @Tag("ASVS-11.3.2")
  void underAKeyTheStoredBytesSayNothing() {
    KeyProtection protection = KeyProtection.of(key(1), random);
    byte[] kept = protection.protect(SECRET);
    assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("private");
    assertThat(protection.reveal(kept, Protection.AES_256_GCM)).isEqualTo(SECRET);
  }

  @Test
  @Tag("ASVS-11.3.3")
  void anotherKeyOrNoneIsRefused() {
    byte[] kept = KeyProtection.of(key(1), random).protect(SECRET);
    assertThatThrownBy(() -> KeyProtection.of(key(2), random).reveal(kept, Protection.AES_256_GCM))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> KeyProtection.of("", random).reveal(kept, Protection.AES_256_GCM))
        .hasMessageContaining("encryption-key is missing");
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> KeyProtection.of("c2hvcnQ=", random))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String key(int fill) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
