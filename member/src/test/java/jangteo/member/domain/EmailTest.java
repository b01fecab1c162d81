package jangteo.member.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTest {

  @ParameterizedTest
  @CsvSource({
    "minji@example.com, minji@example.com",
    "'  Minji.Kim@Example.COM ', minji.kim@example.com",
    "민지@예시.한국, 민지@xn--vv4b11d.xn--3e0b707e",
    "a+b@sub.example.co.kr, a+b@sub.example.co.kr",
  })
  void oneMailboxIsOneAddress(String typed, String normal) {
    assertThat(Email.parse(typed).map(Email::address)).contains(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "a@",
        "@example.com",
        "a@localhost",
        "a b@example.com",
        "a@exam ple.com",
        "a..b@example.com",
        ".a@example.com",
        "a@-example.com",
        "a@example..com",
        "a@@example.com",
        "a\n@example.com",
        "\"quoted\"@example.com",
        "a@[127.0.0.1]"
      })
  void whatNobodyCanReceiveIsRefused(String typed) {
    assertThat(Email.parse(typed)).isEmpty();
  }

  @Test
  void lengthsOfRfc5321AreHeld() {
    assertThat(Email.parse("a".repeat(64) + "@example.com")).isPresent();
    assertThat(Email.parse("a".repeat(65) + "@example.com")).isEmpty();
    assertThat(Email.parse("a@" + "b".repeat(60) + ".c".repeat(100))).isEmpty();
  }

  @Test
  @Tag("ASVS-16.2.5")
  void itIsNotPrinted() {
    assertThat(Email.parse("minji@example.com").orElseThrow().toString()).doesNotContain("minji");
  }
}
