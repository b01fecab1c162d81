package jangteo.member.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordTest {

  @Test
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
  void itIsNotPrinted() {
    assertThat(Password.typed("open sesame").toString()).doesNotContain("sesame");
  }
}
