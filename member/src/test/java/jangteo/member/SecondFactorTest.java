package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jangteo.member.auth.Totp;
import jangteo.testkit.Rest;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logging in with an authenticator app. */
@ExtendWith(SharedMember.class)
class SecondFactorTest {

  private static final String TOTP = "/api/v1/members/me/totp";

  private static RunningMember member;

  @BeforeAll
  static void start(RunningMember shared) {
    member = shared;
  }

  @Test
  @Tag("ASVS-6.3.3")
  @Tag("ASVS-6.5.1")
  void whoHasASecondFactorIsAskedForIt() {
    Person minji = Person.signUp(member.rest(), "민지");
    Rest rest = minji.login().rest();
    byte[] secret = decoded(rest.post(TOTP).body().path("secret").asText());
    long step = Instant.now().getEpochSecond() / 30;
    assertThat(minji.tryLogin().status()).isEqualTo(200);
    assertThat(rest.post(TOTP + "/confirm", Map.of("code", "12345")).status()).isEqualTo(422);

    JsonNode recovery =
        rest.post(TOTP + "/confirm", Map.of("code", Totp.code(secret, step)))
            .body()
            .path("recoveryCodes");
    assertThat(recovery).hasSize(10);
    assertThat(rest.post(TOTP).status()).isEqualTo(409);
    assertThat(rest.get(TOTP).body().path("enabled").asBoolean()).isTrue();

    Rest.Answer asked = minji.tryLogin();
    assertThat(asked.status()).isEqualTo(401);
    assertThat(asked.body().path("type").asText())
        .isEqualTo("urn:jangteo:problem:second-factor-needed");
    assertThat(minji.withPassword("guess").tryLogin().body().path("type").asText())
        .isEqualTo("urn:jangteo:problem:unauthorized");
    assertThat(login(minji, Totp.code(secret, step)).status()).isEqualTo(401);
    String next = Totp.code(secret, step + 1);
    assertThat(login(minji, next).status()).isEqualTo(200);
    assertThat(login(minji, next).status()).isEqualTo(401);
    String first = recovery.get(0).asText();
    assertThat(login(minji, first).status()).isEqualTo(200);
    assertThat(login(minji, first).status()).isEqualTo(401);

    assertThat(rest.post(TOTP + "/remove", Map.of("code", first)).status()).isEqualTo(422);
    assertThat(rest.post(TOTP + "/remove", Map.of("code", recovery.get(1).asText())).status())
        .isEqualTo(204);
    assertThat(minji.tryLogin().status()).isEqualTo(200);
    assertThat(member.rest().post(TOTP).status()).isEqualTo(401);
  }

  @Test
  @Tag("ASVS-6.6.3")
  void nobodyGuessesTheCodeOfAStolenToken() {
    Rest rest = Person.signUp(member.rest(), "민지").login().rest();
    byte[] secret = decoded(rest.post(TOTP).body().path("secret").asText());
    long step = Instant.now().getEpochSecond() / 30;
    assertThat(rest.post(TOTP + "/confirm", Map.of("code", Totp.code(secret, step))).status())
        .isEqualTo(200);
    int guesses = 0;
    while (rest.post(TOTP + "/remove", Map.of("code", "0")).status() == 422) {
      guesses++;
    }
    assertThat(guesses).isEqualTo(20);
    Rest.Answer refused = rest.post(TOTP + "/remove", Map.of("code", Totp.code(secret, step + 1)));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isPresent();
  }

  private static Rest.Answer login(Person person, String code) {
    return person
        .anyone()
        .post(
            "/api/v1/auth/login",
            Map.of("email", person.email(), "password", person.password(), "code", code));
  }

  /** Base32, as an app reads it. */
  private static byte[] decoded(String text) {
    var bytes = new ByteArrayOutputStream();
    int held = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      held = (held << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(held >> bits);
      }
    }
    return bytes.toByteArray();
  }
}
