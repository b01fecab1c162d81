package jangteo.member.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nulabinc.zxcvbn.StandardDictionaries;
import jangteo.member.domain.Password;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

  private static final List<String> OWN = List.of("minji.kim88@example.com", "김민지", "민지네 가게");

  private final PasswordPolicy policy = new PasswordPolicy();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "Password2026!",
        "P@ssw0rd!!",
        "12345678",
        "qwerty123456",
        "1q2w3e4r5t",
        "asdfzxcv",
        "0987654321",
        "aaaaaaaaaa",
        "abcabcabcabc",
        "--monkey--1234",
        "iloveyou2",
        "Trustno1!",
        "(gandalf1)",
        "Corvette#1987",
        "dragon2026!!",
        "사랑해사랑해사랑해",
        "dkssudgktpdy",
        "Jangteo2026",
        "장터장터장터장터",
        "jangteo-minji1",
        "minji.kim88",
        "Minji-1988-11-22",
        "김민지김민지12",
        "minji.kim88@example.com"
      })
  void whatIsGuessedFirstIsRefused(String password) {
    assertThat(policy.objection(Password.typed(password), OWN)).isPresent();
  }

  /** The library's list, whatever version of it comes: it must not shrink, or move, unseen. */
  @Test
  @Tag("ASVS-6.2.4")
  @Tag("ASVS-6.2.12")
  void whatLeakedMostOftenIsRefused() throws IOException {
    List<String> leaked =
        StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
            .filter(password -> Password.choose(password).isPresent())
            .toList();

    assertThat(leaked)
        .hasSizeGreaterThan(3000)
        .contains("trustno1", "q1w2e3r4", "bigdaddy", "gandalf1")
        .allMatch(password -> policy.objection(Password.typed(password), OWN).isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery",
        "correct horse battery 한글",
        "bench and load 2026",
        "kitchen-lamp-71",
        "a sunflower for minji",
        "tq8Zr!mB",
        "qwertz und kein Ende",
        "비밀스러운 정원에서"
      })
  void whatIsNotMayBeSetWhateverItIsMadeOf(String password) {
    assertThat(policy.objection(Password.typed(password), OWN)).isEmpty();
  }
}
