package jangteo.member.auth;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.member.domain.Password;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class Argon2idTest {

  private static final Password RIGHT = Password.typed("password");

  private final Argon2id argon2id = new Argon2id(Argon2id.Cost.OWASP, new SecureRandom());

  @Test
  @Tag("ASVS-11.4.2")
  void theHashCarriesItsParameters() {
    assertThat(argon2id.hash(RIGHT))
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[\\w+/]{22}\\$[\\w+/]{43}");
  }

  @Test
  @Tag("ASVS-6.2.8")
  void onlyTheSamePasswordMatches() {
    String hash = argon2id.hash(RIGHT);
    assertThat(Argon2id.matches(RIGHT, hash)).isTrue();
    assertThat(Argon2id.matches(Password.typed("Password"), hash)).isFalse();
    assertThat(argon2id.hash(RIGHT)).isNotEqualTo(hash);
  }

  /** From the reference implementation's test suite, phc-winner-argon2 {@code src/test.c}. */
  @Test
  void itAgreesWithTheReferenceImplementation() {
    String reference =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    assertThat(Argon2id.matches(RIGHT, reference)).isTrue();
  }

  @Test
  void aHashOfAnotherCostIsOutdated() {
    Argon2id cheaper = new Argon2id(new Argon2id.Cost(8 * 1024, 1, 1), new SecureRandom());
    assertThat(argon2id.outdated(cheaper.hash(RIGHT))).isTrue();
    assertThat(argon2id.outdated(argon2id.hash(RIGHT))).isFalse();
  }

  @Test
  void whatIsNoHashMatchesNothing() {
    assertThat(Argon2id.matches(RIGHT, "$2a$10$abc")).isFalse();
  }
}
