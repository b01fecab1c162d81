package jangteo.chassis.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.security.jwt.jwk.JwkKeys;
import jangteo.chassis.web.Caller;
import jangteo.chassis.web.ProblemException;
import jangteo.testkit.ForgedTokens;
import jangteo.testkit.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens that work, and those that must not (RFC 8725; design, section 9). */
class TokenCheckTest {

  private final TestTokens tokens = new TestTokens();
  private final Set<String> blocked = new HashSet<>();
  private Jwks jwks;
  private TokenCheck check;

  @BeforeEach
  void start() {
    Config config = config(tokens.issuer(), tokens.audience());
    jwks = Jwks.create(config, Clock.systemUTC());
    jwks.start();
    check = check(config);
  }

  @AfterEach
  void stop() {
    jwks.stop();
    tokens.close();
  }

  private Config config(String issuer, String audience) {
    return Config.just(
        ConfigSources.create(
            Map.of(
                "security.issuer", issuer,
                "security.audience", audience,
                "security.jwks-url", tokens.jwksUrl())));
  }

  private TokenCheck check(Config config) {
    return TokenCheck.create(
        config, jwks, caller -> blocked.contains(caller.tokenId()), Clock.systemUTC());
  }

  private void refused(String token) {
    refused(token, token);
  }

  private void refused(String what, String token) {
    assertThatThrownBy(() -> check.check(token))
        .as(what)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(401));
  }

  @Test
  void knowsTheCallerOfAGoodToken() {
    Caller caller = check.check(tokens.token(42, "BUYER", "SELLER"));
    assertThat(caller.memberId()).isEqualTo(42);
    assertThat(caller.roles()).containsExactlyInAnyOrder("BUYER", "SELLER");
    assertThat(caller.expiresAt()).isAfter(caller.issuedAt());
  }

  @Test
  @Tag("ASVS-9.2.1")
  void clocksMayDifferBySeconds() {
    String token = tokens.token(42, "BUYER");
    for (int seconds : new int[] {-6, 6}) {
      assertThat(checkAt(Duration.ofSeconds(seconds)).check(token).memberId()).isEqualTo(42);
    }

    assertThatThrownBy(() -> checkAt(Duration.ofMinutes(-1)).check(token))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().detail()).isEqualTo("The token is not valid yet."));
    assertThatThrownBy(() -> checkAt(Duration.ofHours(1)).check(token))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().detail()).isEqualTo("The token has expired."));
  }

  private TokenCheck checkAt(Duration ahead) {
    return TokenCheck.create(
        config(tokens.issuer(), tokens.audience()),
        jwks,
        caller -> false,
        Clock.offset(Clock.systemUTC(), ahead));
  }

  @Test
  @Tag("ASVS-9.1.2")
  void refusesTokensThatAreNotOurs() {
    refused(tokens.expired(42, "BUYER"));
    refused(tokens.signedByStranger(42, "BUYER"));
    refused(tokens.unsigned(42, "BUYER"));
    for (String nonsense : List.of("", ".", "..", "a.b.c", "x".repeat(10_000), "한글.한글.한글")) {
      refused(nonsense);
    }
  }

  /** RFC 8725, and what was found in the field: whoever has a token and the keys can make them. */
  @Test
  @Tag("ASVS-6.8.2")
  @Tag("ASVS-9.1.3")
  void refusesEachForgery() {
    String good = tokens.token(42, "BUYER");
    Map<String, String> forged = ForgedTokens.of(good, tokens.published());
    assertThat(forged).hasSizeGreaterThan(60).doesNotContainValue(good);
    forged.forEach(this::refused);
    assertThat(check.check(good).memberId()).isEqualTo(42);
  }

  @Test
  @Tag("ASVS-9.2.2")
  void refusesWhatIsSignedAndWrong() {
    Map<String, String> wrong = tokens.wrong(42, "BUYER");
    assertThat(wrong).hasSizeGreaterThan(20);
    wrong.forEach(this::refused);
  }

  /** It is not verified again, and yet nothing that ends it is missed. */
  @Test
  void aTokenThatIsKnownExpiresIsBlockedAndEndsWithItsKey() {
    String token = tokens.token(42, "BUYER");
    String keyId = TestTokens.header(token).path("kid").asText();
    AtomicReference<JwkKeys> published = new AtomicReference<>(jwks.forKey(keyId));
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    check =
        TokenCheck.create(
            config(tokens.issuer(), tokens.audience()),
            _ -> published.get(),
            caller -> blocked.contains(caller.tokenId()),
            now::get);
    Caller caller = check.check(token);
    assertThat(check.check(token)).isSameAs(caller);

    published.set(JwkKeys.builder().build());
    refused(token);
    published.set(jwks.forKey(keyId));
    assertThat(check.check(token)).isEqualTo(caller);

    now.set(caller.expiresAt().plusSeconds(9));
    assertThat(check.check(token)).isEqualTo(caller);
    now.set(caller.expiresAt().plusSeconds(11));
    refused(token);
    now.set(caller.issuedAt().minusSeconds(11));
    refused(token);

    now.set(caller.issuedAt());
    blocked.add(caller.tokenId());
    refused(token);
  }

  @Test
  void rolesThatAreNoListAreNone() {
    assertThat(check.check(tokens.tokenWith(Map.of("roles", "ADMIN"), 42)).roles()).isEmpty();
    assertThat(check.check(tokens.tokenWith(Map.of("roles", List.of(1)), 42)).roles()).isEmpty();
  }

  @Test
  @Tag("ASVS-9.2.3")
  void refusesAnotherIssuerOrAudience() {
    String token = tokens.token(42, "BUYER");
    check = check(config("https://elsewhere.example", tokens.audience()));
    refused(token);
    check = check(config(tokens.issuer(), "elsewhere"));
    refused(token);
  }

  @Test
  @Tag("ASVS-9.1.1")
  void refusesAChangedPayload() {
    String[] parts = tokens.token(42, "BUYER").split("\\.", -1);
    String payload = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    String raised =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(payload.replace("BUYER", "ADMIN").getBytes(UTF_8));
    refused(parts[0] + "." + raised + "." + parts[2]);
  }

  @Test
  void refusesABlockedToken() {
    String token = tokens.token(42, "BUYER");
    blocked.add(check.check(token).tokenId());
    refused(token);
  }

  @Test
  void looksForNewKeysWhenATokenNamesOne() {
    String before = tokens.token(42, "BUYER");
    check.check(before);
    tokens.rotate();
    String after = tokens.token(42, "BUYER");
    await()
        .ignoreExceptionsInstanceOf(ProblemException.class)
        .untilAsserted(() -> assertThat(check.check(after).memberId()).isEqualTo(42));
    assertThat(check.check(before).memberId()).isEqualTo(42);
  }

  @Test
  void goesOnWithTheLastKeysWhileMemberIsAway() {
    String token = tokens.token(42, "BUYER");
    check.check(token);
    tokens.close();
    assertThat(check.check(token).memberId()).isEqualTo(42);
    assertThat(jwks.readiness().ready()).isTrue();
  }

  @Test
  void goesOnAskingAfterAnAnswerThatNobodyCanRead() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer member =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    member.createContext(
        "/",
        exchange -> {
          byte[] body =
              asked.incrementAndGet() == 1
                  ? "{\"keys\": 5}".getBytes(UTF_8)
                  : URI.create(tokens.jwksUrl()).toURL().openStream().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    member.start();
    Config there =
        Config.just(
            ConfigSources.create(
                Map.of(
                    "security.jwks-url",
                    "http://127.0.0.1:" + member.getAddress().getPort() + "/jwks.json")));
    Jwks following = Jwks.create(there, Clock.systemUTC());
    following.start();
    try {
      await().untilAsserted(() -> assertThat(following.readiness().ready()).isTrue());
      assertThat(asked.get()).isGreaterThan(1);
    } finally {
      following.stop();
      member.stop(0);
    }
  }

  @Test
  @Tag("ASVS-16.5.3")
  void isNotReadyWithoutKeysAndAnswers503() {
    tokens.close();
    Jwks without = Jwks.create(config(tokens.issuer(), tokens.audience()), Clock.systemUTC());
    without.start();
    assertThat(without.readiness().ready()).isFalse();
    TokenCheck blind =
        TokenCheck.create(
            config(tokens.issuer(), tokens.audience()),
            without,
            caller -> false,
            Clock.systemUTC());
    assertThatThrownBy(() -> blind.check(tokens.token(42, "BUYER")))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(503));
    without.stop();
  }
}
