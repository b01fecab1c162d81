package jangteo.member.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238, appendix B, SHA-1; the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void theVectorsOfTheRfcHold(long second, String code) {
    assertThat(Totp.code(SECRET, second / 30)).isEqualTo(code);
    assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(second), 0)).hasValue(second / 30);
  }

  @Test
  @Tag("ASVS-6.5.1")
  @Tag("ASVS-6.5.5")
  void aCodeWorksOnceAndForAStepToEachSide() {
    Instant now = Instant.ofEpochSecond(3_000);
    assertThat(Totp.step(SECRET, Totp.code(SECRET, 99), now, 0)).hasValue(99);
    assertThat(Totp.step(SECRET, Totp.code(SECRET, 101), now, 0)).hasValue(101);
    assertThat(Totp.step(SECRET, Totp.code(SECRET, 98), now, 0)).isEmpty();
    assertThat(Totp.step(SECRET, Totp.code(SECRET, 102), now, 0)).isEmpty();
    assertThat(Totp.step(SECRET, Totp.code(SECRET, 100), now, 100)).isEmpty();
    assertThat(Totp.step(SECRET, "", now, 0)).isEmpty();
  }

  /** RFC 4648, section 10, without padding. */
  @ParameterizedTest
  @CsvSource({
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void base32IsThatOfTheRfc(String text, String encoded) {
    assertThat(Totp.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
  }
}
