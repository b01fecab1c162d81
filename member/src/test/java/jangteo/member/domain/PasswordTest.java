package jangteo.member.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PasswordTest {

  @Test
  @Tag("ASVS-6.2.1")
  @Tag("ASVS-6.2.5")
  @Tag("ASVS-6.2.9")
  void lengthIsAllThatCounts() {
    assertThat(Password.choose("seven77")).isEmpty();
    assertThat(Password.choose("eight888")).isPresent();
    assertThat(Password.choose("비밀번호여덟글자")).isPresent();
    assertThat(Password.choose("x".repeat(128))).isPresent();
    assertThat(Password.choose("x".repeat(129))).isEmpty();
  }

  @Test
  void theSameCharactersTypedInAnotherWayAreTheSamePassword() {
    String composed = "caf\u00e9 latte";
    String decomposed = "cafe\u0301 latte";
    assertThat(Password.typed(composed).text()).isEqualTo(Password.typed(decomposed).text());
  }

  @Test
  @Tag("ASVS-16.2.5")
  void itIsNotPrinted() {
    assertThat(Password.typed("open sesame").toString()).doesNotContain("sesame");
  }
}
