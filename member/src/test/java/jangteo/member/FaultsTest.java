package jangteo.member;

import static org.assertj.core.api.Assertions.assertThat;

import jangteo.testkit.Rest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guessed passwords, and a Redis that is away. */
class FaultsTest {

  private static final String PASSWORD = "correct horse battery";

  @Test
  @Tag("ASVS-6.3.1")
  void afterTooManyFailuresAnAccountWaitsAndOthersDoNot() {
    try (RunningMember member =
        RunningMember.start(
            Map.of("login-failures.per-account", "3", "login-failures.window", "PT30S"))) {
      Rest anyone = member.rest();
      String guessed = signUp(anyone);
      String other = signUp(anyone);
      for (int i = 0; i < 3; i++) {
        assertThat(login(anyone, guessed, "guess " + i).status()).isEqualTo(401);
      }
      Rest.Answer refused = login(anyone, guessed, PASSWORD);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(Long.parseLong(refused.header("Retry-After").orElseThrow())).isBetween(1L, 30L);
      for (int i = 0; i < 5; i++) {
        assertThat(login(anyone, other, PASSWORD).status()).isEqualTo(200);
      }
    }
  }

  @Test
  @Tag("ASVS-2.4.1")
  @Tag("ASVS-15.3.4")
  void anAddressThatFailsForManyAccountsWaits() {
    try (RunningMember member = RunningMember.start(Map.of("login-failures.per-address", "4"))) {
      Rest anyone = member.rest();
      String known = signUp(anyone);
      for (int i = 0; i < 4; i++) {
        assertThat(login(anyone, "x" + i + "@example.com", PASSWORD).status()).isEqualTo(401);
      }
      assertThat(login(anyone, known, PASSWORD).status()).isEqualTo(429);
      assertThat(
              anyone
                  .post(
                      "/api/v1/auth/login",
                      Map.of("email", known, "password", PASSWORD),
                      "X-Forwarded-For",
                      "127.0.0.1, 203.0.113.9")
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  @Tag("ASVS-16.5.2")
  void withoutRedisABlockedTokenStaysBlockedAndNobodyElseIsRefused() {
    try (RunningMember member = RunningMember.start(Map.of("redis.uri", "redis://127.0.0.1:1/0"))) {
      Rest anyone = member.rest();
      String email = signUp(anyone);
      String leaving = accessToken(login(anyone, email, PASSWORD));
      String staying = accessToken(login(anyone, email, PASSWORD));
      assertThat(anyone.as(leaving).post("/api/v1/auth/logout").status()).isEqualTo(204);
      assertThat(anyone.as(leaving).get("/api/v1/members/me").status()).isEqualTo(401);
      assertThat(anyone.as(staying).get("/api/v1/members/me").status()).isEqualTo(200);
    }
  }

  @Test
  @Tag("ASVS-15.2.2")
  @Tag("API4")
  void aWaveOfLoginsIsServedOrToldToComeBackAndStallsNobodyElse() throws Exception {
    try (RunningMember member = RunningMember.start(Map.of("passwords.patience", "PT1S"))) {
      Rest anyone = member.rest();
      String email = signUp(anyone);
      Rest already = anyone.as(accessToken(login(anyone, email, PASSWORD)));
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<Rest.Answer> attempt = () -> login(anyone, email, PASSWORD);
        List<Future<Rest.Answer>> wave = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
          wave.add(threads.submit(attempt));
        }
        do {
          assertThat(anyone.get("/.well-known/jwks.json").status()).isEqualTo(200);
          assertThat(already.get("/api/v1/members/me").status()).isEqualTo(200);
        } while (!wave.stream().allMatch(Future::isDone));
        for (Future<Rest.Answer> answer : wave) {
          assertThat(answer.get().status()).isIn(200, 503);
          assertThat(answer.get().header("Retry-After").isPresent())
              .isEqualTo(answer.get().status() == 503);
        }
      }
      assertThat(login(anyone, email, PASSWORD).status()).isEqualTo(200);
    }
  }

  private static String signUp(Rest anyone) {
    String email = "f" + UUID.randomUUID() + "@example.com";
    assertThat(
            anyone
                .post("/api/v1/members", Map.of("email", email, "password", PASSWORD, "name", "길동"))
                .status())
        .isEqualTo(201);
    return email;
  }

  private static Rest.Answer login(Rest anyone, String email, String password) {
    return anyone.post("/api/v1/auth/login", Map.of("email", email, "password", password));
  }

  private static String accessToken(Rest.Answer pair) {
    return pair.body().path("accessToken").asText();
  }
}
