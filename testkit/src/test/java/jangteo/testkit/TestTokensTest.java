package jangteo.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class TestTokensTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");

  @Test
  void aTokenIsVerifiedByTheKeyThatIsPublished() throws Exception {
    try (TestTokens tokens = new TestTokens(Clock.fixed(NOW, ZoneOffset.UTC))) {
      tokens.rotate();

      assertThat(verifies(tokens, tokens.token(42, "BUYER", "SELLER"))).isTrue();
      assertThat(verifies(tokens, tokens.signedByStranger(42))).isFalse();
    }
  }

  @Test
  void theClaimsAreThoseOfTheDesign() {
    try (TestTokens tokens = new TestTokens(Clock.fixed(NOW, ZoneOffset.UTC))) {
      var claims = TestTokens.claims(tokens.token(42, "BUYER", "SELLER"));

      assertThat(claims.path("iss").asText()).isEqualTo("https://jangteo.local");
      assertThat(claims.path("aud").asText()).isEqualTo("jangteo");
      assertThat(claims.path("sub").asText()).isEqualTo("42");
      assertThat(claims.path("roles").toString()).isEqualTo("[\"BUYER\",\"SELLER\"]");
      assertThat(claims.path("exp").asLong()).isEqualTo(NOW.getEpochSecond() + 600);
      assertThat(TestTokens.claims(tokens.expired(42)).path("exp").asLong())
          .isLessThan(NOW.getEpochSecond());
    }
  }

  private static boolean verifies(TestTokens tokens, String token) throws Exception {
    String[] parts = token.split("\\.", -1);
    var decoder = Base64.getUrlDecoder();
    String header = new String(decoder.decode(parts[0]), StandardCharsets.UTF_8);
    var published = new Rest(tokens.jwksUrl()).get("").body().path("keys");
    for (var key : published) {
      if (header.contains("\"" + key.path("kid").asText() + "\"")) {
        var spec =
            new RSAPublicKeySpec(
                new BigInteger(1, decoder.decode(key.path("n").asText())),
                new BigInteger(1, decoder.decode(key.path("e").asText())));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(spec));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(decoder.decode(parts[2]));
      }
    }
    return false;
  }
}
